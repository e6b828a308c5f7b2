import type { ChatMessage } from '../../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../../shared/model/ids.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'
import { parseMessages } from './messages.js'

/** A person's messages that wait to be taken up, and replies under way, oldest first. */
export function selectOpenMessages(
  db: WriteDb,
  conversationId: ConversationId,
  atMs: number,
): ChatMessage[] {
  const rows = statement(
    db,
    `SELECT * FROM messages WHERE conversation_id = ? AND state IN ('queued', 'streaming')
     ORDER BY ordinal`,
  ).all(conversationId)
  return parseMessages(db, rows, atMs)
}

export function selectConversationsWithOpenMessages(db: ReadDb): ConversationId[] {
  return statement(
    db,
    `SELECT DISTINCT conversation_id FROM messages WHERE state IN ('queued', 'streaming')`,
  )
    .pluck()
    .all() as ConversationId[]
}

/** Moves a queued message to the end, where the reply to it will follow; returns its new order. */
export function takeUpMessage(db: WriteDb, id: MessageId): number {
  return statement(
    db,
    `UPDATE messages SET state = 'complete', ordinal = (SELECT max(ordinal) + 1 FROM messages)
     WHERE id = ? RETURNING ordinal`,
  )
    .pluck()
    .get(id) as number
}

export function updateQueuedText(db: WriteDb, id: MessageId, text: string): void {
  statement(db, `UPDATE messages SET text = ? WHERE id = ? AND state = 'queued'`).run(text, id)
}

/** Gives messages the places that they have now in another order. */
export function reorderMessages(
  db: WriteDb,
  places: readonly { readonly id: MessageId; readonly order: number }[],
): void {
  const move = statement(db, 'UPDATE messages SET ordinal = ? WHERE id = ?')
  // A place is free only once whoever has it has left: first all of them leave.
  for (const { id, order } of places) move.run(-order, id)
  for (const { id, order } of places) move.run(order, id)
}

export function deleteQueued(db: WriteDb, id: MessageId): void {
  statement(db, `DELETE FROM messages WHERE id = ? AND state = 'queued'`).run(id)
}
