import type { Text } from '../text.js'
import { plural } from './plural.js'

export const schedules: Text['schedules'] = {
  title: 'Wiederkehrende Aufgaben',
  allTasks: 'Alle Aufgaben',
  askDelete: 'Diese wiederkehrende Aufgabe löschen?',
  deleteHint: (name) => `„${name}“ läuft nicht wieder. Ein Lauf, der im Gang ist, läuft weiter.`,
  remove: 'Löschen',
  notRead: (reason) => `Sie konnten nicht gelesen werden: ${reason}`,
  tryAgain: 'Noch einmal versuchen',
  none: 'Nichts kehrt von selbst wieder',
  noneHint:
    'Eine Aufgabe mit einer Regel für ihre Zeiten läuft immer wieder und steht hier mit ihrem nächsten Lauf. Für jeden Werktag um neun:',
  example: 'Führe die Tests aus',
  runNow: 'Jetzt ausführen',
  resume: 'Fortsetzen',
  pause: 'Anhalten',
  notYet: 'Noch nicht gelaufen',
  now: 'Jetzt',
  lastRun: 'Letzter Lauf',
  runs: (count) => plural(count, { one: 'bisher 1 Lauf', other: `bisher ${count} Läufe` }),
  paused: 'Angehalten: läuft nicht von selbst',
  noNext: 'Kein nächster Lauf',
  dueSince: (moment) => `Fällig seit ${moment}`,
  next: (moment) => `Nächster Lauf ${moment}`,
  nextIn: (moment, span) => `Nächster Lauf ${moment}, in ${span}`,
  ended: (state, ago) => `${state} ${ago}`,
  missed: (planned, ran) => `${planned} verpasst, ${ran} gelaufen`,
  notPaused: 'Nicht angehalten',
  notResumed: 'Nicht fortgesetzt',
  notStarted: 'Nicht begonnen',
  notDeleted: 'Nicht gelöscht',
}
