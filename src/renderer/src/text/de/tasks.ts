import type { Text } from '../text.js'
import { plural } from './plural.js'

export const tasks: Text['tasks'] = {
  output: {
    label: 'Ausgabe',
    notRead: (why) => `Die Ausgabe konnte nicht gelesen werden: ${why}`,
    noneYet: 'Noch keine Ausgabe.',
    none: 'Es gab keine Ausgabe.',
    lines: (count) =>
      plural(count, { one: '1 Zeile', other: `${count.toLocaleString('de')} Zeilen` }),
    part: (count) => `${count.toLocaleString('de')} Zeilen eines längeren Protokolls`,
    removed: (at) => `Das Protokoll wurde entfernt (${at}), wie eingestellt.`,
    olderFailed: 'Mehr von der Ausgabe konnte nicht gelesen werden',
    toBeginning: 'Zum Anfang',
    follow: 'Der Ausgabe folgen',
    copy: 'Ausgabe kopieren',
    search: 'Ausgabe durchsuchen',
    searchPlaceholder: 'Suchen',
    found: (at, count, complete) =>
      count === 0
        ? complete
          ? 'nicht gefunden'
          : 'sucht'
        : `${at === 0 ? '' : `${at} von `}${count}${complete ? '' : '+'}`,
    previous: 'Vorige gefundene Zeile',
    next: 'Nächste gefundene Zeile',
  },
  resources: {
    tab: 'Verbrauch',
    none: 'Keiner seiner Prozesse wurde gemessen: Es gab keine, oder sie endeten binnen einer Sekunde.',
    notRead: (why) => `Der Verbrauch konnte nicht gelesen werden: ${why}`,
    cpu: 'CPU',
    memory: 'Speicher',
    machine: 'Der Rechner in dieser Zeit',
    peak: (cpu, memory) => `Höchstens: CPU ${cpu}, Speicher ${memory}`,
    stretch: (attempt, from) => `Versuch ${attempt}, ab ${from}`,
    time: 'Zeit',
    table: 'Zahlen',
  },
  remedy: {
    dependency: 'Sie startet von selbst, wenn diese beendet sind.',
    schedule: 'Sie startet von selbst zu dieser Zeit, oder jetzt.',
    backoff: 'Sie wird von selbst erneut versucht, oder jetzt.',
    answer: 'Sie läuft weiter, sobald du geantwortet hast.',
    approval: 'Sie läuft weiter, sobald du ihren Plan gebilligt hast.',
    children: 'Sie läuft weiter, wenn die von ihr gestarteten Aufgaben beendet sind.',
    mail: 'Sie läuft weiter, wenn die Post da ist.',
    paused: 'Nichts startet, bis die Warteschlange fortgesetzt wird.',
    quota: 'Der Anbieter nimmt gerade nichts an; sie läuft von selbst weiter.',
    limit: 'Sie startet, wenn eine andere beendet ist. Grenzen lassen sich erhöhen.',
    memory: 'Sie startet, wenn Speicher frei ist. Die Schwelle lässt sich ändern.',
    cpu: 'Sie startet, wenn der Prozessor frei ist; nach zehn Sekunden läuft eine Aufgabe trotzdem.',
    starting: 'Sie startet gleich.',
    resume: 'Warteschlange fortsetzen',
    resumeFailed: 'Die Warteschlange wurde nicht fortgesetzt',
    limits: 'Grenzen',
    inbox: 'Im Eingang beantworten',
    open: (task) => `${task} öffnen`,
  },
}
