import type { Text } from '../text.js'
import { plural } from './plural.js'

export const questions: Text['questions'] = {
  question: 'Frage',
  aTask: 'Eine Aufgabe',
  waits: 'wartet auf deine Antwort',
  goesOn: 'fragt und macht inzwischen weiter',
  itWaits: 'Sie wartet auf deine Antwort',
  itGoesOn: 'Sie fragt und macht inzwischen weiter',
  offered: 'Angebotene Antworten',
  yours: 'Deine Antwort',
  another: 'Oder eine andere Antwort',
  answer: 'Antworten',
  notAnswered: (reason) => `Nicht beantwortet: ${reason}. Dein Text bleibt.`,
  elsewhere: (answer) => `Inzwischen anderswo beantwortet: ${answer}`,
  notUsed: 'Deine Antwort wurde nicht verwendet:',
  dismiss: 'Schließen',
  copy: 'Deine Antwort kopieren',
  ofChat: 'Fragen dieses Chats',
  ofTask: 'Fragen dieser Aufgabe',
  earlier: (count) => plural(count, { one: '1 frühere Frage', other: `${count} frühere Fragen` }),
  answered: (answer) => `Beantwortet: ${answer}`,
  expired: 'Sie verfiel ohne Antwort.',
  cancelled: 'Ihre Aufgabe endete vor einer Antwort.',
  open: 'Sie ist noch offen.',
  until: (moment) => `bis ${moment}`,
}
