import type { ConversationId } from '../../../../shared/model/ids.js'
import type { WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** Replies whose steps are copied: more than a later reply ever looks back at. */
const REPLIES_WITH_STEPS = 200

export interface Branch {
  readonly from: ConversationId
  readonly to: ConversationId
  /** The last message that comes along, by its order. */
  readonly throughOrder: number
  /** An id of a message that is not used otherwise: the copies are named after it. */
  readonly base: string
}

/** Copies what was said in a conversation, with the steps of its newest replies; what is open stays. */
export function copyMessages(db: WriteDb, branch: Branch): void {
  const values = { ...branch, replies: REPLIES_WITH_STEPS }
  statement(
    db,
    `INSERT INTO messages (id, conversation_id, role, state, text, activities, task_id, task_state,
       error, created_at_ms, mentions, ended_after)
     SELECT @base || 'x' || ordinal, @to, role, state, text, activities, task_id, task_state,
       error, created_at_ms, mentions, ended_after
     FROM messages WHERE conversation_id = @from AND ordinal <= @throughOrder
       AND state NOT IN ('queued', 'streaming')
     ORDER BY ordinal`,
  ).run(values)
  // In words of the copies; what ended later than the branch begins is news in it from the beginning.
  statement(
    db,
    `UPDATE messages SET ended_after = (
       SELECT copy.ordinal FROM messages AS old JOIN messages AS copy ON copy.id = @base || 'x' || old.ordinal
       WHERE old.conversation_id = @from AND old.ordinal <= min(messages.ended_after, @throughOrder)
       ORDER BY old.ordinal DESC LIMIT 1)
     WHERE conversation_id = @to AND ended_after IS NOT NULL`,
  ).run(values)
  statement(
    db,
    `INSERT INTO agent_steps (run_id, step, kind, payload, at_ms)
     SELECT @base || 'x' || reply.ordinal, step, kind, payload, at_ms
     FROM (SELECT ordinal, id FROM messages WHERE conversation_id = @from
             AND ordinal <= @throughOrder AND role = 'assistant' AND state != 'streaming'
           ORDER BY ordinal DESC LIMIT @replies) AS reply
     JOIN agent_steps ON run_id = reply.id`,
  ).run(values)
}
