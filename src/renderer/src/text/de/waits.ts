import type { Text } from '../text.js'
import { plural } from './plural.js'

export const waits: Text['waits'] = {
  paused: 'Die Warteschlange ist angehalten',
  limits: {
    all: (running, most) =>
      plural(Math.max(running, most), {
        one: `${running} von ${most} Aufgabe läuft`,
        other: `${running} von ${most} Aufgaben laufen`,
      }),
    agent: (running, most) =>
      plural(Math.max(running, most), {
        one: `${running} von ${most} Agenten läuft`,
        other: `${running} von ${most} Agenten laufen`,
      }),
    build: (running, most) =>
      plural(Math.max(running, most), {
        one: `${running} von ${most} Build läuft`,
        other: `${running} von ${most} Builds laufen`,
      }),
    e2e_test: (running, most) =>
      plural(Math.max(running, most), {
        one: `${running} von ${most} E2E-Test läuft`,
        other: `${running} von ${most} E2E-Tests laufen`,
      }),
    someType: 'Eine Grenze für Builds, E2E-Tests oder Agenten ist erreicht',
  },
  cpu: {
    unknown: 'Der Prozessor ist ausgelastet',
    above: (now, threshold) => `CPU bei ${now}, über der Schwelle von ${threshold}`,
    notYetBelow: (now, threshold) =>
      `CPU bei ${now}, noch nicht weit genug unter der Schwelle von ${threshold}`,
  },
  memory: {
    unknown: 'Der Speicher ist knapp',
    above: (now, threshold) => `Speicher bei ${now}, über der Schwelle von ${threshold}`,
    notYetBelow: (now, threshold) =>
      `Speicher bei ${now}, noch nicht weit genug unter der Schwelle von ${threshold}`,
  },
  forTasks: (tasks) => `Wartet auf ${tasks}`,
  moreTasks: (count) => plural(count, { one: '1 weitere', other: `${count} weitere` }),
  startsAt: (moment) => `Startet: ${moment}`,
  forAnswer: 'Wartet auf deine Antwort',
  forAnswerTo: (question) => `Wartet auf deine Antwort: ${question}`,
  starting: 'Als Nächste dran: startet, sobald Platz ist',
  gauges: {
    cpu: 'Die CPU hält im Moment neue Aufgaben zurück; was läuft, läuft weiter, und der Chat wartet nie.',
    memory:
      'Der Speicher hält im Moment neue Aufgaben zurück; was läuft, läuft weiter, und der Chat wartet nie.',
    both: 'CPU und Speicher halten im Moment neue Aufgaben zurück; was läuft, läuft weiter, und der Chat wartet nie.',
    off: 'Beide Schwellen sind ausgeschaltet und halten nie eine Aufgabe zurück.',
    none: 'Im Moment halten sie nichts zurück.',
  },
}
