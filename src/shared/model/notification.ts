import { z } from 'zod'
import { BlockerId, ConversationId, NotificationId, PlanId, TaskId } from './ids.js'
import { Place } from './place.js'
import { NotificationStrategy } from './preferences.js'

/** How much of a task is told; what is left out is as the preferences say. */
export const TaskNotify = z.strictObject({
  strategy: NotificationStrategy.optional(),
  /** Percent points of progress between two notifications of the task. */
  minProgressDelta: z.number().min(0).max(100).optional(),
  /** Milliseconds between two notifications of the task's progress. */
  throttleMs: z.number().int().min(0).max(86_400_000).optional(),
})
export type TaskNotify = z.infer<typeof TaskNotify>

/**
 * `progress`: a task has come so far. `completed`, `failed`, `cancelled`: a task and everything below it has ended.
 * `summary`: several tasks have ended within a moment. `question` and `approval` wait for the person.
 */
export const NotificationKind = z.enum([
  'progress',
  'completed',
  'failed',
  'cancelled',
  'summary',
  'question',
  'approval',
])
export type NotificationKind = z.infer<typeof NotificationKind>

/**
 * What can be done about it where it is shown. `answer` gives its `label` as the answer to the question; all but
 * `open` and `dismiss` are requests of the contract, see `requestFor`.
 */
export const NotificationAction = z.object({
  kind: z.enum(['answer', 'approve', 'reject', 'retry', 'open', 'dismiss']),
  /** In the language of the person; of an `answer`, the answer itself. */
  label: z.string(),
})
export type NotificationAction = z.infer<typeof NotificationAction>

/** Something that the person was told, or would have been but for quiet hours. */
export const Notification = z.object({
  id: NotificationId,
  kind: NotificationKind,
  /** In the language of the person. */
  title: z.string(),
  body: z.string(),
  /** Where a click on it leads. */
  place: Place,
  /** The likeliest first; none once it is settled. */
  actions: z.array(NotificationAction),
  /** The task that it is about; of progress and ends, the root of the tree. */
  taskId: TaskId.optional(),
  conversationId: ConversationId.optional(),
  blockerId: BlockerId.optional(),
  planId: PlanId.optional(),
  /** How many tasks it is about. */
  count: z.number(),
  /** Waits for an answer: it is shown whatever the hour, and stays until it is settled. */
  needsAnswer: z.boolean(),
  /** Only for the list: not to be shown on its own, since the person is not to be disturbed. */
  quiet: z.boolean(),
  sound: z.boolean(),
  createdAt: z.number(),
  /** Epoch ms; null: the person has not seen it. */
  readAt: z.number().nullable(),
  /** Since when there is nothing to do about it any more: answered, decided, tried again, or gone. */
  settledAt: z.number().nullable(),
})
export type Notification = z.infer<typeof Notification>

/** `unread` are all that nobody has seen, `waiting` those that need an answer. */
export const NotificationCounts = z.object({ unread: z.number(), waiting: z.number() })
export type NotificationCounts = z.infer<typeof NotificationCounts>
