import { plural } from './plural.js'

export const agents = {
  title: 'Agents',
  session: 'Session',
  allTasks: 'All tasks',
  create: 'New agent',
  notRead: (reason: string) => `They could not be read: ${reason}`,
  tryAgain: 'Try again',
  tabs: { agents: 'Agents', mail: 'Mail', graph: 'Graph' },
  /** Behind a number. */
  toHandle: 'for you to handle',
  count: (count: number) => plural(count, { one: '1 agent', other: `${count} agents` }),
  sessionWith: (name: string, holds: readonly string[]) => `${name} (${holds.join(', ')})`,
  none: {
    title: 'No agents yet',
    hint: 'An agent has a name, instructions and a memory of its own. It works through the tasks that you or other agents send it, one at a time, also after this window is closed; it answers mail, and sleeps until it is needed. Agents of one session can write to each other.',
    create: 'Create an agent',
  },
  /** The person: as who writes, behind “from”, and behind “to” or “for”. */
  you: { who: 'You', from: 'you', to: 'you' },
  states: {
    idle: 'Idle',
    active: 'Active',
    paused: 'Paused',
    sleeping: 'Sleeping',
    stopped: 'Stopped',
  },
  notStarted: 'Not started',
  made: 'Made',
  started: 'Started',
  /** Before the subject. */
  mailFrom: (name: string) => `Mail from ${name}: `,
  queued: (count: number) => `${count} queued`,
  unread: (count: number) =>
    plural(count, { one: '1 unread mail', other: `${count} unread mails` }),
  done: (count: number) => `${count}\u00a0done`,
  failed: (count: number) => `${count}\u00a0failed`,
  cancelled: (count: number) => `${count}\u00a0cancelled`,
  turns: (count: number, written: string) =>
    plural(count, { one: '1 turn', other: `${written} turns` }),
  noPrice: 'price not known',
  doing: {
    task: 'Works on a task',
    waitsForAnswer: (from: string) => `Waits for an answer of ${from}`,
    waitsForWork: 'Waits for work',
    untilStarted: 'Takes no work until it is started',
    untilResumed: 'Takes no work until it is resumed',
    holdsBack: (task: string) => `Holds back: ${task}`,
    pausesNext: 'Pauses when this step has ended',
    sleepsNext: 'Sleeps when this task has ended',
  },
  sleep: {
    untilWoken: 'Sleeps until somebody wakes it',
    sleeps: (ends: readonly string[]) => `Sleeps ${ends.join(', or ')}`,
    until: (moment: string) => `until ${moment}`,
    untilIn: (moment: string, left: string) => `until ${moment}, for ${left}`,
    untilEvent: (names: string) => `until ${names} happens`,
    untilMail: (priority: string) => `until mail comes (${priority})`,
    mail: {
      low: 'any',
      normal: 'normal or more urgent',
      high: 'high or more urgent',
      urgent: 'urgent',
    },
  },
  graph: {
    words: 'Who works, waits and writes',
    /** Behind a name. */
    told: (parts: readonly string[]) => `: ${parts.join('; ')}`,
    worksOn: (task: string) => `works on “${task}”`,
    waits: 'waits for',
    waitsFor: (name: string) => `waits for ${name}`,
    mails: (count: number) => plural(count, { one: 'mail', other: `${count} mails` }),
    mailsTo: (count: number, name: string) =>
      plural(count, { one: `1 mail to ${name}`, other: `${count} mails to ${name}` }),
  },
}
