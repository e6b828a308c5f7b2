import type { MessageRole } from '../../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../../shared/model/ids.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'

export interface MessageText {
  readonly ordinal: number
  readonly id: MessageId
  readonly role: MessageRole
  readonly text: string
}

/** Texts of a conversation before an order, newest first, until they are `characters` long together. */
export function selectTexts(
  db: ReadDb,
  page: {
    readonly conversationId: ConversationId
    readonly beforeOrder: number
    readonly rows: number
    readonly characters: number
  },
): MessageText[] {
  const found = statement(
    db,
    `SELECT ordinal, id, role, text FROM messages WHERE conversation_id = ? AND ordinal < ?
     ORDER BY ordinal DESC LIMIT ?`,
  ).iterate(page.conversationId, page.beforeOrder, page.rows) as IterableIterator<MessageText>
  const texts: MessageText[] = []
  let characters = 0
  for (const row of found) {
    texts.push(row)
    characters += row.text.length
    if (characters >= page.characters) break
  }
  return texts
}
