import { z } from 'zod'
import {
  ChatMessage,
  Mention,
  MessageActivity,
  MessageRole,
  MessageState,
} from '../../../../shared/model/chat.js'
import { ConversationId, MessageId, TaskId } from '../../../../shared/model/ids.js'
import { TaskState } from '../../../../shared/model/task.js'
import type { ReadDb, WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

const MessageRow = z
  .object({
    ordinal: z.number(),
    id: MessageId,
    conversation_id: ConversationId,
    role: MessageRole,
    state: MessageState,
    text: z.string(),
    activities: json(z.array(MessageActivity)).nullable(),
    task_id: TaskId.nullable(),
    task_state: TaskState.nullable(),
    error: json(ChatMessage.shape.error.unwrap()).nullable(),
    created_at_ms: z.number(),
    mentions: json(z.array(Mention)).nullable(),
  })
  .transform(
    (row): ChatMessage => ({
      messageId: row.id,
      conversationId: row.conversation_id,
      role: row.role,
      text: row.text,
      state: row.state,
      createdAt: row.created_at_ms,
      order: row.ordinal,
      ...(row.activities === null ? {} : { activities: row.activities }),
      ...(row.mentions === null ? {} : { mentions: row.mentions }),
      ...(row.task_id === null ? {} : { taskId: row.task_id }),
      ...(row.task_state === null ? {} : { taskState: row.task_state }),
      ...(row.error === null ? {} : { error: row.error }),
    }),
  )

export function parseMessages(db: WriteDb, rows: readonly unknown[], atMs: number): ChatMessage[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'messages', key, atMs }, MessageRow, rows)
}

/** Puts a message at the end of its conversation and returns its order. */
export function insertMessage(
  db: WriteDb,
  message: Pick<
    ChatMessage,
    | 'messageId'
    | 'conversationId'
    | 'role'
    | 'state'
    | 'text'
    | 'createdAt'
    | 'taskId'
    | 'taskState'
  >,
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO messages (id, conversation_id, role, state, text, task_id, task_state, created_at_ms)
     VALUES (@messageId, @conversationId, @role, @state, @text, @taskId, @taskState, @createdAt)`,
  ).run({ ...message, taskId: message.taskId ?? null, taskState: message.taskState ?? null })
  return Number(lastInsertRowid)
}

export function selectMessage(db: WriteDb, id: string, atMs: number): ChatMessage | undefined {
  const row = statement(db, 'SELECT * FROM messages WHERE id = ?').get(id)
  return row === undefined ? undefined : parseMessages(db, [row], atMs)[0]
}

/** The person's message that a reply answers: the newest one before it. */
export function selectAnswered(
  db: WriteDb,
  replyId: MessageId,
  atMs: number,
): ChatMessage | undefined {
  const row = statement(
    db,
    `SELECT asked.* FROM messages AS reply JOIN messages AS asked
       ON asked.conversation_id = reply.conversation_id AND asked.ordinal < reply.ordinal
     WHERE reply.id = ? AND asked.role = 'user' AND asked.state != 'queued'
     ORDER BY asked.ordinal DESC LIMIT 1`,
  ).get(replyId)
  return row === undefined ? undefined : parseMessages(db, [row], atMs)[0]
}

/** Texts of one page, in UTF-16 units: a person may have pasted a million into each of its messages. */
const MOST_CHARACTERS = 4_000_000

export interface MessagePage {
  readonly messages: ChatMessage[]
  /** Where the page before begins; null when this is the first one. */
  readonly nextOrder: number | null
}

/** The newest messages before `beforeOrder`, oldest first; fewer than `limit` where they are long. */
export function selectMessages(
  db: WriteDb,
  page: {
    readonly conversationId: ConversationId
    readonly beforeOrder: number | null
    readonly limit: number
  },
  atMs: number,
): MessagePage {
  const found = statement(
    db,
    `SELECT * FROM messages WHERE conversation_id = @conversationId AND ordinal < @before
     ORDER BY ordinal DESC LIMIT @limit`,
  ).iterate({
    conversationId: page.conversationId,
    before: page.beforeOrder ?? Number.MAX_SAFE_INTEGER,
    limit: page.limit,
  }) as IterableIterator<{ readonly ordinal: number; readonly text: string }>
  const rows: { readonly ordinal: number }[] = []
  let characters = 0
  for (const row of found) {
    rows.push(row)
    characters += row.text.length
    if (characters >= MOST_CHARACTERS) break
  }
  const isCut = rows.length === page.limit || characters >= MOST_CHARACTERS
  // By the row, which may be one that cannot be read: it must not hide those before it.
  const nextOrder = isCut ? (rows.at(-1)?.ordinal ?? null) : null
  return { messages: parseMessages(db, rows.reverse(), atMs), nextOrder }
}

/** The newest message that a person or the assistant said; null in an empty conversation. */
export function selectNewestSpoken(db: ReadDb, conversationId: ConversationId): MessageId | null {
  const id = statement(
    db,
    `SELECT id FROM messages WHERE conversation_id = ? AND role != 'task'
     ORDER BY ordinal DESC LIMIT 1`,
  )
    .pluck()
    .get(conversationId) as MessageId | undefined
  return id ?? null
}

export function updateMessage(
  db: WriteDb,
  id: MessageId,
  values: Pick<ChatMessage, 'state' | 'text' | 'activities' | 'error'>,
): void {
  statement(
    db,
    `UPDATE messages SET state = @state, text = @text, activities = @activities, error = @error
     WHERE id = @id`,
  ).run({
    id,
    state: values.state,
    text: values.text,
    activities:
      values.activities === undefined || values.activities.length === 0
        ? null
        : JSON.stringify(values.activities),
    error: values.error === undefined ? null : JSON.stringify(values.error),
  })
}

export function updateMentions(db: WriteDb, id: MessageId, mentions: readonly Mention[]): void {
  statement(db, 'UPDATE messages SET mentions = ? WHERE id = ?').run(JSON.stringify(mentions), id)
}
