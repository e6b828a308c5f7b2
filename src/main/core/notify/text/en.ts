import { pluralOf } from '../../../../shared/text/plural.js'

const plural = pluralOf('en')
const tasks = (count: number) => plural(count, { one: '1 task', other: `${count} tasks` })

/** What a notification says. `task` is the first line of what the task was asked for. */
export const en = {
  progress: (task: string, percent: number) => `${percent}%: ${task}`,
  completed: (task: string) => `Done: ${task}`,
  failed: (task: string) => `Failed: ${task}`,
  cancelled: (task: string) => `Not done: ${task}`,
  allCompleted: (count: number) => `${tasks(count)} completed`,
  allEnded: (count: number) => `${tasks(count)} ended`,
  ends: {
    completed: (count: number) => `${count} completed`,
    failed: (count: number) => `${count} failed`,
    cancelled: (count: number) => `${count} not done`,
  },
  question: (task: string) => `A question about “${task}”`,
  checks: (task: string) => `Checks do not pass: ${task}`,
  approval: (task: string) => `A plan waits for you: ${task}`,
  parts: (count: number) => plural(count, { one: '1 part', other: `${count} parts` }),
  /** After the first few names of a list. */
  more: '…',
  actions: {
    approve: 'Approve',
    reject: 'Reject',
    retry: 'Try again',
    open: 'Open',
    dismiss: 'Dismiss',
  },
}
