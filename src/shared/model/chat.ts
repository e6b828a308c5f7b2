import { z } from 'zod'
import { ErrorCode } from '../rpc/errors.js'
import { ConversationId, MessageId, TaskId } from './ids.js'
import { TaskState } from './task.js'

/** `task` is the card that tells a conversation how a task that it started has ended. */
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
  /** Of a card: the task it speaks of and how that ended. */
  taskId: TaskId.optional(),
  taskState: TaskState.optional(),
  error: z.object({ code: ErrorCode, message: z.string(), retryable: z.boolean() }).optional(),
})
export type ChatMessage = z.infer<typeof ChatMessage>

export const Conversation = z.object({
  conversationId: ConversationId,
  title: z.string(),
  workspace: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** True while the assistant works on a reply. */
  busy: z.boolean(),
})
export type Conversation = z.infer<typeof Conversation>
