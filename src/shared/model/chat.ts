import { z } from 'zod'
import { ErrorCode } from '../rpc/errors.js'
import { ConversationId, MessageId, TaskId } from './ids.js'
import { TaskState } from './task.js'

/** `task` is the card of a task that the conversation started; it stands where that began. */
export const MessageRole = z.enum(['user', 'assistant', 'task'])
export type MessageRole = z.infer<typeof MessageRole>

/**
 * `queued`: a person's message that the assistant has not taken up yet. `streaming`: the assistant
 * is speaking. The other three are final; a `failed` one can be retried.
 */
export const MessageState = z.enum(['queued', 'streaming', 'complete', 'stopped', 'failed'])
export type MessageState = z.infer<typeof MessageState>

/** What the assistant did between two pieces of text. */
export const MessageActivity = z.object({
  tool: z.string(),
  summary: z.string(),
  /** Length of the message's text when it happened, in UTF-16 units: where to show it. */
  offset: z.number(),
  isError: z.boolean(),
  taskId: TaskId.optional(),
})
export type MessageActivity = z.infer<typeof MessageActivity>

/** Something that a person pointed at with `@` and that there was when the message was taken up. */
export const Mention = z.object({
  kind: z.enum(['file', 'folder', 'task', 'agent']),
  /** As it stands in the text, `@` included. */
  token: z.string(),
  /** A path from the workspace, the id of a task, or the name of an agent. */
  target: z.string(),
})
export type Mention = z.infer<typeof Mention>

export const ChatMessage = z.object({
  messageId: MessageId,
  conversationId: ConversationId,
  role: MessageRole,
  text: z.string(),
  state: MessageState,
  createdAt: z.number(),
  /** Messages of a conversation are shown by it, ascending; a queued one moves when it is taken up. */
  order: z.number(),
  activities: z.array(MessageActivity).optional(),
  mentions: z.array(Mention).optional(),
  /** Of a card: the task it speaks of, and how that ended; `pending` until it has. */
  taskId: TaskId.optional(),
  taskState: TaskState.optional(),
  error: z.object({ code: ErrorCode, message: z.string(), retryable: z.boolean() }).optional(),
})
export type ChatMessage = z.infer<typeof ChatMessage>

/** Where a conversation goes on from; either may be gone since. */
export const BranchPoint = z.object({ conversationId: ConversationId, messageId: MessageId })
export type BranchPoint = z.infer<typeof BranchPoint>

export const Conversation = z.object({
  conversationId: ConversationId,
  title: z.string(),
  workspace: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** True while the assistant works on a reply. */
  busy: z.boolean(),
  branchedFrom: BranchPoint.optional(),
})
export type Conversation = z.infer<typeof Conversation>
