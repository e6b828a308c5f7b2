import { z } from 'zod'
import type { BranchPoint } from '../../../../shared/model/chat.js'
import { ConversationId, MessageId } from '../../../../shared/model/ids.js'
import type { ReadDb, WriteDb } from '../database.js'
import { parseRows } from '../rows.js'
import { statement } from '../statement.js'

export interface ConversationRecord {
  readonly ordinal: number
  readonly id: ConversationId
  readonly title: string
  /** A title that the program made up may be replaced by it; one that a person gave stays. */
  readonly titledBy: 'person' | 'program'
  readonly workspace: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly branchedFrom: BranchPoint | null
}

const ConversationRow = z
  .object({
    ordinal: z.number(),
    id: ConversationId,
    title: z.string(),
    titled_by: z.enum(['person', 'program']),
    workspace: z.string(),
    created_at_ms: z.number(),
    updated_at_ms: z.number(),
    branched_from: ConversationId.nullable(),
    branched_at: MessageId.nullable(),
  })
  .transform(
    (row): ConversationRecord => ({
      ordinal: row.ordinal,
      id: row.id,
      title: row.title,
      titledBy: row.titled_by,
      workspace: row.workspace,
      createdAtMs: row.created_at_ms,
      updatedAtMs: row.updated_at_ms,
      branchedFrom:
        row.branched_from === null || row.branched_at === null
          ? null
          : { conversationId: row.branched_from, messageId: row.branched_at },
    }),
  )

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): ConversationRecord[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'conversations', key, atMs }, ConversationRow, rows)
}

export function insertConversation(
  db: WriteDb,
  entry: Omit<ConversationRecord, 'ordinal' | 'updatedAtMs' | 'branchedFrom'> & {
    readonly branchedFrom?: BranchPoint | null
  },
): void {
  const { branchedFrom = null, ...values } = entry
  statement(
    db,
    `INSERT INTO conversations
       (id, title, titled_by, workspace, created_at_ms, updated_at_ms, branched_from, branched_at)
     VALUES (@id, @title, @titledBy, @workspace, @createdAtMs, @createdAtMs, @from, @at)`,
  ).run({
    ...values,
    from: branchedFrom?.conversationId ?? null,
    at: branchedFrom?.messageId ?? null,
  })
}

/** How many conversations go on from this one. */
export function countBranches(db: ReadDb, id: ConversationId): number {
  return statement(db, 'SELECT count(*) FROM conversations WHERE branched_from = ?')
    .pluck()
    .get(id) as number
}

export function selectConversation(
  db: WriteDb,
  id: string,
  atMs: number,
): ConversationRecord | undefined {
  const row = statement(db, 'SELECT * FROM conversations WHERE id = ?').get(id)
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

/** Where a conversation stands in the list. */
export interface ConversationPlace {
  readonly updatedAtMs: number
  readonly ordinal: number
}

export interface ConversationPage {
  readonly conversations: ConversationRecord[]
  /** Where the next page begins; null when this is the last one. */
  readonly next: ConversationPlace | null
}

/** Most recently used first; `before` is where the page before has ended. */
export function selectConversations(
  db: WriteDb,
  page: {
    readonly before: ConversationPlace | null
    readonly limit: number
  },
  atMs: number,
): ConversationPage {
  const rows = statement(
    db,
    `SELECT * FROM conversations WHERE (updated_at_ms, ordinal) < (@updatedAtMs, @ordinal)
     ORDER BY updated_at_ms DESC, ordinal DESC LIMIT @limit`,
  ).all({
    updatedAtMs: page.before?.updatedAtMs ?? Number.MAX_SAFE_INTEGER,
    ordinal: page.before?.ordinal ?? Number.MAX_SAFE_INTEGER,
    limit: page.limit,
  }) as { readonly updated_at_ms: number; readonly ordinal: number }[]
  // By the row, which may be one that cannot be read: it must not hide those after it.
  const last = rows.length === page.limit ? rows.at(-1) : undefined
  const next =
    last === undefined ? null : { updatedAtMs: last.updated_at_ms, ordinal: last.ordinal }
  return { conversations: parse(db, rows, atMs), next }
}

export function renameConversation(
  db: WriteDb,
  id: ConversationId,
  title: string,
  titledBy: 'person' | 'program',
): void {
  statement(db, 'UPDATE conversations SET title = ?, titled_by = ? WHERE id = ?').run(
    title,
    titledBy,
    id,
  )
}

export function touchConversation(db: WriteDb, id: ConversationId, atMs: number): void {
  statement(db, 'UPDATE conversations SET updated_at_ms = ? WHERE id = ?').run(atMs, id)
}

/** Removes it with its messages and the steps of its replies. */
export function deleteConversation(db: WriteDb, id: ConversationId): void {
  statement(
    db,
    'DELETE FROM agent_steps WHERE run_id IN (SELECT id FROM messages WHERE conversation_id = ?)',
  ).run(id)
  statement(db, 'DELETE FROM messages WHERE conversation_id = ?').run(id)
  statement(db, 'DELETE FROM conversations WHERE id = ?').run(id)
}
