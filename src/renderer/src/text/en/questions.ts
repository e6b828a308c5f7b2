import { plural } from './plural.js'

export const questions = {
  question: 'Question',
  aTask: 'A task',
  waits: 'waits for your answer',
  goesOn: 'asks, and goes on meanwhile',
  itWaits: 'It waits for your answer',
  itGoesOn: 'It asks, and goes on meanwhile',
  offered: 'Offered answers',
  yours: 'Your answer',
  another: 'Or another answer',
  answer: 'Answer',
  notAnswered: (reason: string) => `Not answered: ${reason}. Your text is kept.`,
  elsewhere: (answer: string) => `Answered elsewhere meanwhile: ${answer}`,
  notUsed: 'Your answer was not used:',
  dismiss: 'Dismiss',
  copy: 'Copy your answer',
  ofChat: 'Questions of this chat',
  ofTask: 'Questions of this task',
  earlier: (count: number) =>
    plural(count, { one: '1 earlier question', other: `${count} earlier questions` }),
  answered: (answer: string) => `Answered: ${answer}`,
  expired: 'It expired without an answer.',
  cancelled: 'Its task ended before there was an answer.',
  open: 'It is still open.',
  until: (moment: string) => `until ${moment}`,
}
