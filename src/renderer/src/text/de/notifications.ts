import type { Text } from '../text.js'
import { plural } from './plural.js'

export const notifications: Text['notifications'] = {
  title: 'Mitteilungen',
  unread: 'ungelesen',
  none: 'Nichts Neues',
  noneHint: 'Was Aufgaben getan haben und was sie fragen, bleibt hier, auch über Neustarts hinweg.',
  noneUnread: 'Du hast alles gelesen.',
  all: 'Alle',
  onlyUnread: 'Ungelesene',
  filter: 'Welche Mitteilungen',
  readAll: 'Alle als gelesen markieren',
  clear: 'Leeren',
  older: 'Ältere zeigen',
  today: 'Heute',
  yesterday: 'Gestern',
  markRead: 'Als gelesen markieren',
  markUnread: 'Als ungelesen markieren',
  remove: 'Entfernen',
  settled: 'Erledigt',
  waits: 'Wartet auf dich',
  settings: 'Einstellungen der Mitteilungen',
  close: 'Schließen',
  notRead: (reason) => `Die Mitteilungen konnten nicht gelesen werden: ${reason}`,
  tryAgain: 'Erneut versuchen',
  notChanged: 'Nicht geändert',
  notDone: 'Nicht ausgeführt',
  count: (count) => plural(count, { one: '1 ungelesen', other: `${count} ungelesen` }),
  browser: {
    granted: 'In diesem Browser erlaubt.',
    denied:
      'Gesperrt. Erlaube Mitteilungen dieser Seite in den Website-Einstellungen des Browsers.',
    ask: 'Erlauben…',
    absent: 'Dieser Browser zeigt keine Mitteilungen.',
    desktop: 'Die Desktop-App zeigt Mitteilungen über das System.',
  },
}
