import type { Text } from '../text.js'

export const ui: Text['ui'] = {
  close: 'Schließen',
  keep: 'Behalten',
  copied: 'Kopiert',
  notCopied: 'Nicht kopiert',
  copyYourself: (reason) => `${reason}. Markiere den Text und kopiere ihn mit der Tastatur.`,
  couldNotBeShown: (what) => `${what}: nicht darstellbar`,
  kept: (reason) => `${reason}. Deine Chats, Aufgaben und Entwürfe sind noch da.`,
  reloadPane: 'Bereich neu laden',
  smaller: 'Kleiner',
  larger: 'Größer',
  showAll: 'Alles zeigen',
  justNow: 'gerade eben',
  minutesAgo: (minutes) => `vor ${minutes} min`,
  hoursAgo: (hours) => `vor ${hours} h`,
  span: (from, to) => `${from} bis ${to}`,
  seconds: (seconds) => `${seconds} s`,
  minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
  hours: (hours, minutes) => `${hours} h ${minutes} min`,
  advice: {
    cancelled: 'Versuche es noch einmal, wenn die Verbindung wieder da ist.',
    timeout: 'Versuche es noch einmal.',
    provider_error: 'Prüfe das Modell in den Einstellungen.',
  },
}
