import type { InboxKind, ModelTrouble } from '../../../../shared/model/inbox.js'
import { plural } from './plural.js'

const kinds: Readonly<Record<InboxKind, string>> = {
  model: 'Model',
  question: 'Questions',
  plan: 'Plans to approve',
  stalled: 'Without a sign of life',
  failure: 'Failed tasks',
  change: 'Changes to decide about',
  mail: 'Mail',
}

const troubles: Readonly<Record<ModelTrouble['reason'], string>> = {
  key: 'The provider refuses the key',
  billing: 'The account is out of credit',
  quota: 'The rate limit is used up',
  request: 'The provider refuses the request',
  unreachable: 'The provider cannot be reached',
}

const remedies: Readonly<Record<ModelTrouble['reason'], string>> = {
  key: 'Give a valid key in the settings. What waits goes on with the next try.',
  billing: 'Add credit to your account with the provider, or choose another model.',
  quota: 'Background agents go on by themselves at the reset. The chat may try before.',
  request: 'Choose a model that the provider knows, or make the request shorter.',
  unreachable: 'Check the network and the base URL in the settings.',
}

export const inbox = {
  title: 'Inbox',
  waits: 'Waits for you',
  open: 'Open the inbox',
  toAnswer: 'waiting',
  count: (count: number) =>
    plural(count, { one: '1 thing waits for you', other: `${count} things wait for you` }),
  more: (count: number) =>
    plural(count, { one: 'and 1 more in the inbox', other: `and ${count} more in the inbox` }),
  empty: 'Nothing waits for you',
  emptyHint:
    'Questions of agents, plans to approve, failed tasks, finished changes and mail come here.',
  emptyShort: 'Nothing. When an agent has a question, or a plan is to be approved, it stands here.',
  notRead: (reason: string) => `The inbox could not be read: ${reason}`,
  tryAgain: 'Try again',
  choose: 'Choose something on the left to answer it here.',
  items: 'What waits for you',
  back: 'Back to the list',
  kinds,
  troubles,
  remedies,
  until: (moment: string) => `Until ${moment}`,
  taskWaits: 'Its task waits',
  answeredElsewhere: 'Answered elsewhere',
  parts: (count: number) => plural(count, { one: '1 part', other: `${count} parts` }),
  from: (name: string) => `From ${name}`,
  showTask: 'Show task',
  showThread: 'Show thread',
  threadNotShown: 'The thread could not be shown',
  retry: 'Try again',
  cancelTask: 'Cancel task',
  keepWaiting: 'Leave it running',
  dismiss: 'Dismiss',
  later: 'Decide later',
  markRead: 'Mark as read',
  settings: 'Open the settings',
  dismissAll: 'Dismiss what needs no answer',
  lastOutput: 'What it wrote last',
  keys: 'J and K or the arrows move, Enter answers, E dismisses, R tries again',
  notDismissed: 'Not dismissed',
  notRetried: 'Not tried again',
  notCancelled: 'Not cancelled',
}
