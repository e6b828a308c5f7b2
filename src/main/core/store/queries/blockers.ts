import { z } from 'zod'
import { type Blocker, BlockerKind, BlockerState } from '../../../../shared/model/blocker.js'
import { BlockerId, ConversationId, TaskId } from '../../../../shared/model/ids.js'
import type { ReadDb, WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

const BlockerRow = z
  .object({
    ...{ ordinal: z.number(), id: BlockerId, task_id: TaskId },
    ...{ conversation_id: ConversationId.nullable(), kind: BlockerKind, state: BlockerState },
    ...{ source: z.enum(['agent', 'checks']), question: z.string() },
    ...{ options: json(z.array(z.string())), answer: z.string().nullable() },
    ...{ created_at_ms: z.number(), resolved_at_ms: z.number().nullable() },
    expires_at_ms: z.number().nullable(),
  })
  .transform((row): Blocker & { readonly ordinal: number } => ({
    ...{ ordinal: row.ordinal, id: row.id, taskId: row.task_id, kind: row.kind },
    ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
    ...{ source: row.source, question: row.question, options: row.options, state: row.state },
    ...(row.answer === null ? {} : { answer: row.answer }),
    createdAt: row.created_at_ms,
    ...(row.resolved_at_ms === null ? {} : { resolvedAt: row.resolved_at_ms }),
    ...(row.expires_at_ms === null ? {} : { expiresAt: row.expires_at_ms }),
  }))
export type BlockerRecord = z.output<typeof BlockerRow>

const COLUMNS = `ordinal, id, task_id, conversation_id, kind, source, question, options, state, answer,
  created_at_ms, resolved_at_ms, expires_at_ms`

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): BlockerRecord[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'blockers', key, atMs }, BlockerRow, rows)
}

export function insertBlocker(db: WriteDb, blocker: Blocker & { readonly callId: string }): void {
  const { conversationId = null, expiresAt = null, options, ...rest } = blocker
  statement(
    db,
    `INSERT INTO blockers (id, task_id, conversation_id, kind, source, question, options, state, call_id,
       created_at_ms, expires_at_ms)
     VALUES (@id, @taskId, @conversationId, @kind, @source, @question, @options, @state, @callId,
       @createdAt, @expiresAt)`,
  ).run({ ...rest, conversationId, expiresAt, options: JSON.stringify(options) })
}

export function updateBlocker(db: WriteDb, { id, state, answer, resolvedAt }: Blocker): void {
  statement(db, 'UPDATE blockers SET state = ?, answer = ?, resolved_at_ms = ? WHERE id = ?').run(
    state,
    answer ?? null,
    resolvedAt ?? null,
    id,
  )
}

/** Lets a call ask anew whose question is over. */
export function forgetCall(db: WriteDb, callId: string): void {
  statement(db, 'UPDATE blockers SET call_id = NULL WHERE call_id = ?').run(callId)
}

export function selectBlocker(db: WriteDb, id: BlockerId, atMs: number): BlockerRecord | undefined {
  const row = statement(db, `SELECT ${COLUMNS} FROM blockers WHERE id = ?`).get(id)
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

export function selectBlockerOfCall(
  db: WriteDb,
  callId: string,
  atMs: number,
): BlockerRecord | undefined {
  const row = statement(db, `SELECT ${COLUMNS} FROM blockers WHERE call_id = ?`).get(callId)
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

export interface BlockerFilter {
  readonly state?: BlockerState | undefined
  readonly taskId?: TaskId | undefined
  readonly conversationId?: ConversationId | undefined
  /** Ordinal; those before it. */
  readonly before: number
  readonly limit: number
}

/** Newest first. */
export function selectBlockers(db: WriteDb, filter: BlockerFilter, atMs: number): BlockerRecord[] {
  const { state, taskId, conversationId, before, limit } = filter
  const conditions = [
    'ordinal < @before',
    ...(state === undefined ? [] : ['state = @state']),
    ...(taskId === undefined ? [] : ['task_id = @taskId']),
    ...(conversationId === undefined ? [] : ['conversation_id = @conversationId']),
  ]
  const rows = statement(
    db,
    `SELECT ${COLUMNS} FROM blockers WHERE ${conditions.join(' AND ')}
     ORDER BY ordinal DESC LIMIT @limit`,
  ).all({
    ...{ before, limit },
    ...(state === undefined ? {} : { state }),
    ...(taskId === undefined ? {} : { taskId }),
    ...(conversationId === undefined ? {} : { conversationId }),
  })
  return parse(db, rows, atMs)
}

/** Open questions of a task. */
export function selectOpenBlockers(db: WriteDb, taskId: TaskId, atMs: number): BlockerRecord[] {
  const rows = statement(
    db,
    `SELECT ${COLUMNS} FROM blockers INDEXED BY blockers_by_task
     WHERE task_id = ? AND state = 'open' ORDER BY ordinal`,
  ).all(taskId)
  return parse(db, rows, atMs)
}

export function selectDueBlockers(db: WriteDb, nowMs: number): BlockerRecord[] {
  const rows = statement(
    db,
    `SELECT ${COLUMNS} FROM blockers INDEXED BY blockers_expiring
     WHERE state = 'open' AND expires_at_ms IS NOT NULL AND expires_at_ms <= ?
     ORDER BY expires_at_ms LIMIT 100`,
  ).all(nowMs)
  return parse(db, rows, nowMs)
}

/** When the next question expires; null when none does. */
export function selectNextExpiry(db: ReadDb): number | null {
  const next = statement(
    db,
    `SELECT min(expires_at_ms) FROM blockers INDEXED BY blockers_expiring
     WHERE state = 'open' AND expires_at_ms IS NOT NULL`,
  )
    .pluck()
    .get() as number | null | undefined
  return next ?? null
}
