import type { Text } from '../text.js'
import { plural } from './plural.js'

export const status: Text['status'] = {
  bar: 'Die Statusleiste',
  connected: 'Verbunden',
  connecting: 'Verbindet',
  refused: 'Nicht eingelassen',
  reconnecting: 'Verbindet neu. Zu sehen ist der letzte bekannte Stand',
  tryNow: 'Jetzt versuchen',
  counts: 'Aufgaben, die laufen, und solche, die warten',
  running: (running, waiting) => `${running} laufen · ${waiting} warten`,
  shortcuts: 'Tastenkürzel',
  gauges: 'CPU und Speicher; öffnen für Einzelheiten und Kosten',
  cpu: 'CPU',
  memory: 'Speicher',
  builtIn: 'Eingebauter Planer',
  settings: 'Einstellungen',
  draining: 'Nimmt keine neuen Aufgaben an, bis es fortgesetzt wird',
  more: 'Mehr zur Warteschlange',
  drain: 'Leeren: nur beenden, was da ist',
  notDrained: 'Nicht geleert',
  cancelWaiting: 'Wartende Aufgaben abbrechen …',
  noneWaited: 'Keine Aufgabe hat gewartet',
  cancelled: (count) =>
    plural(count, { one: '1 Aufgabe abgebrochen', other: `${count} Aufgaben abgebrochen` }),
  notCancelled: 'Die wartenden Aufgaben wurden nicht abgebrochen',
  askCancel: (count) =>
    plural(count, {
      one: '1 wartende Aufgabe abbrechen?',
      other: `${count} wartende Aufgaben abbrechen?`,
    }),
  cancelHint:
    'Was läuft, läuft weiter, und wiederkehrende Aufgaben behalten ihren nächsten Lauf. Jede Aufgabe lässt sich später wieder versuchen.',
  cancelThem: (count) =>
    plural(count, { one: '1 Aufgabe abbrechen', other: `${count} Aufgaben abbrechen` }),
  letGo: 'Wartende Aufgaben wieder beginnen lassen',
  hold: 'Neue Aufgaben zurückhalten; was läuft, läuft weiter',
  resume: 'Fortsetzen',
  pause: 'Anhalten',
  notResumed: 'Nicht fortgesetzt',
  notPaused: 'Nicht angehalten',
  machine: {
    title: 'Dieser Rechner',
    notRead: (reason) => `Nicht lesbar: ${reason}`,
    use: 'Auslastung, geglättet',
    costs: 'Token und Kosten',
    system: 'System',
    processor: 'Prozessor',
    cores: 'Kerne',
    memory: 'Speicher',
    available: (all, free) => `${all}, ${free} verfügbar`,
    swap: 'Swap belegt',
    threshold: (percent) => `Schwelle ${percent} %`,
    noThreshold: 'keine Schwelle',
  },
}
