import type { ChatMessage } from '../../../../shared/model/chat.js'
import type { ConversationId, MessageId, TaskId } from '../../../../shared/model/ids.js'
import type { TaskState } from '../../../../shared/model/task.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'
import { parseMessages } from './messages.js'

/** The cards of a task: one in the conversation that started it, and one in each branch of that. */
export function selectCards(db: WriteDb, taskId: TaskId, atMs: number): ChatMessage[] {
  const rows = statement(
    db,
    `SELECT * FROM messages WHERE task_id = ? AND role = 'task' ORDER BY ordinal`,
  ).all(taskId)
  return parseMessages(db, rows, atMs)
}

/** What a card says of the end of its task, which the assistant hears of behind `endedAfter`. */
export function endCard(
  db: WriteDb,
  id: MessageId,
  end: { readonly text: string; readonly taskState: TaskState; readonly endedAfter: number | null },
): void {
  statement(
    db,
    `UPDATE messages SET text = @text, task_state = @taskState, ended_after = @endedAfter
     WHERE id = @id`,
  ).run({ ...end, id })
}

/** The newest message that was said or is being said; what is queued was not. */
export function selectNewestOrder(db: ReadDb, conversationId: ConversationId): number | null {
  const order = statement(
    db,
    `SELECT ordinal FROM messages WHERE conversation_id = ? AND state != 'queued'
     ORDER BY ordinal DESC LIMIT 1`,
  )
    .pluck()
    .get(conversationId) as number | undefined
  return order ?? null
}

export interface EndedCard {
  readonly card: ChatMessage
  readonly endedAfter: number
}

/** Cards whose tasks ended behind messages from `fromOrder` on and before `beforeOrder`, by that. */
export function selectEndedCards(
  db: WriteDb,
  stretch: {
    readonly conversationId: ConversationId
    readonly fromOrder: number
    readonly beforeOrder: number
    readonly limit: number
  },
  atMs: number,
): EndedCard[] {
  const rows = statement(
    db,
    `SELECT * FROM messages WHERE conversation_id = @conversationId
       AND ended_after >= @fromOrder AND ended_after < @beforeOrder
     ORDER BY ended_after DESC, ordinal DESC LIMIT @limit`,
  ).all(stretch) as { readonly id: string; readonly ended_after: number }[]
  const places = new Map(rows.map((row) => [row.id, row.ended_after]))
  return parseMessages(db, rows.reverse(), atMs).map((card) => ({
    card,
    endedAfter: places.get(card.messageId) ?? 0,
  }))
}
