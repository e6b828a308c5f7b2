import { z } from 'zod'
import { Blocker, BlockerState, LONGEST_ANSWER } from '../model/blocker.js'
import { BlockerId, ConversationId, TaskId } from '../model/ids.js'
import { durable, method } from './define.js'
import { PageParams } from './params.js'

/** Questions to the person. */
export const blockerMethods = {
  /** Newest first. */
  'blocker.list': method(
    z.strictObject({
      state: BlockerState.optional(),
      taskId: TaskId.optional(),
      conversationId: ConversationId.optional(),
      ...PageParams,
    }),
    z.object({ blockers: z.array(Blocker), nextCursor: z.string().nullable(), seq: z.number() }),
  ),
  'blocker.get': method(z.strictObject({ blockerId: BlockerId }), z.object({ blocker: Blocker })),
  /** The first answer counts: a second is a `conflict`, one that comes after the end `invalid_state`. */
  'blocker.answer': method(
    z.strictObject({
      blockerId: BlockerId,
      answer: z.string().trim().min(1, 'must not be empty').max(LONGEST_ANSWER),
    }),
    z.object({ blocker: Blocker }),
  ),
}

const OfTask = z.object({
  taskId: TaskId,
  conversationId: ConversationId.optional(),
  blocker: Blocker,
})

export const blockerEvents = {
  'blocker.created': durable(OfTask),
  'blocker.resolved': durable(OfTask),
  'blocker.expired': durable(OfTask),
  /** Its task has ended: nobody needs the answer any more. */
  'blocker.cancelled': durable(OfTask),
}
