import { z } from 'zod'
import { BlockerId, ConversationId, TaskId } from './ids.js'

/** `sync` stops the task until there is an answer; `async` does not. */
export const BlockerKind = z.enum(['sync', 'async'])
export type BlockerKind = z.infer<typeof BlockerKind>

export const BlockerState = z.enum(['open', 'resolved', 'expired', 'cancelled'])
export type BlockerState = z.infer<typeof BlockerState>

export const LONGEST_QUESTION = 2_000
export const LONGEST_ANSWER = 5_000

/** A question to the person. */
export const Blocker = z.object({
  id: BlockerId,
  taskId: TaskId,
  conversationId: ConversationId.optional(),
  kind: BlockerKind,
  /** Who asks: an agent in the middle of its work, or the checks of a task that cannot be met. */
  source: z.enum(['agent', 'checks']),
  question: z.string(),
  /** Answers that are offered; any other text will do as well. */
  options: z.array(z.string()),
  state: BlockerState,
  answer: z.string().optional(),
  createdAt: z.number(),
  resolvedAt: z.number().optional(),
  /** Absent: it waits as long as it takes. */
  expiresAt: z.number().optional(),
})
export type Blocker = z.infer<typeof Blocker>
