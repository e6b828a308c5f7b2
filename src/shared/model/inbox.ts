import { z } from 'zod'
import { SessionId } from './agent.js'
import { Blocker } from './blocker.js'
import { ConversationId, TaskId } from './ids.js'
import { MailView } from './mail.js'
import { Plan } from './plan.js'
import { Stall, TaskError } from './task.js'
import { Worktree } from './worktree.js'

/** In the order in which an inbox shows them: what holds up work first. */
export const INBOX_KINDS = [
  'model',
  'question',
  'plan',
  'stalled',
  'failure',
  'change',
  'mail',
] as const
export const InboxKind = z.enum(INBOX_KINDS)
export type InboxKind = z.infer<typeof InboxKind>

/** What can be done about an item where it stands; `open` leads to its place. */
export const InboxAction = z.enum([
  'answer',
  'approve',
  'edit',
  'reject',
  'retry',
  'cancel',
  'apply',
  'branch',
  'resolve',
  'discard',
  'reply',
  'read',
  'settings',
  'dismiss',
  'open',
])
export type InboxAction = z.infer<typeof InboxAction>

/**
 * Why the model does not answer. `key`: there is none, or it is refused. `billing`: the account is out of credit. `quota`: its
 * rate limit is used up until `until`. `request`: it refuses what it is asked, such as a model that it does not know.
 * `unreachable`: it could not be reached, or broke off, as often as was tried; or what answers is no such provider.
 */
export const ModelTrouble = z.object({
  reason: z.enum(['key', 'billing', 'quota', 'request', 'unreachable']),
  message: z.string(),
  /** What a person can do about it, in one sentence. */
  remedy: z.string(),
  /** Epoch ms of the first failure since the model answered last. */
  since: z.number(),
  until: z.number().optional(),
})
export type ModelTrouble = z.infer<typeof ModelTrouble>

const common = {
  /** Stays the same for as long as the item waits, such as `question:blk_…` or `failure:task_…`. */
  id: z.string(),
  /** Epoch ms since when it waits for the person. */
  since: z.number(),
  title: z.string(),
  taskId: TaskId.optional(),
  conversationId: ConversationId.optional(),
  /** The likeliest first. */
  actions: z.array(InboxAction),
}

/** Something that waits for the person. */
export const InboxItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('model'), ...common, trouble: ModelTrouble }),
  z.object({ kind: z.literal('question'), ...common, blocker: Blocker }),
  z.object({ kind: z.literal('plan'), ...common, plan: Plan }),
  z.object({ kind: z.literal('stalled'), ...common, stalled: Stall }),
  /** A task that failed, and that nobody has looked at since. */
  z.object({ kind: z.literal('failure'), ...common, error: TaskError }),
  z.object({ kind: z.literal('change'), ...common, worktree: Worktree }),
  z.object({ kind: z.literal('mail'), ...common, sessionId: SessionId, mail: MailView }),
])
export type InboxItem = z.infer<typeof InboxItem>

/** How much of each kind waits, and in all. */
export const InboxCounts = z.object({
  total: z.number(),
  byKind: z.record(InboxKind, z.number()),
})
export type InboxCounts = z.infer<typeof InboxCounts>
