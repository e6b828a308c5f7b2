import { z } from 'zod'
import type { ReadDb, WriteDb } from '../database.js'
import { json } from '../rows.js'
import { statement } from '../statement.js'

export interface NewEvent {
  readonly atMs: number
  readonly name: string
  readonly taskId: string | null
  readonly conversationId: string | null
  readonly payload: string
}

export const EventRow = z.object({
  seq: z.number(),
  at_ms: z.number(),
  name: z.string(),
  payload: json(z.record(z.string(), z.unknown())),
})

/** Appends and returns the event's `seq`. */
export function insertEvent(db: WriteDb, event: NewEvent): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO events (at_ms, name, task_id, conversation_id, payload)
     VALUES (@atMs, @name, @taskId, @conversationId, @payload)`,
  ).run(event)
  return Number(lastInsertRowid)
}

/** Payloads read at once, in UTF-16 units: a result may have hundreds of thousands. */
const MOST_CHARACTERS = 1_000_000

/** Raw rows, oldest first; fewer than `limit`, but at least one, where they are large. */
export function selectEventsAfter(db: ReadDb, afterSeq: number, limit: number): unknown[] {
  const found = statement(
    db,
    'SELECT seq, at_ms, name, payload FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  ).iterate(afterSeq, limit) as IterableIterator<{ readonly payload: string }>
  const rows: unknown[] = []
  let characters = 0
  for (const row of found) {
    rows.push(row)
    characters += row.payload.length
    if (characters >= MOST_CHARACTERS) break
  }
  return rows
}

/** Raw rows of the progress of one task, oldest first. */
export function selectProgressAfter(
  db: ReadDb,
  taskId: string,
  afterSeq: number,
  limit: number,
): unknown[] {
  return statement(
    db,
    `SELECT seq, at_ms, name, payload FROM events
     WHERE task_id = ? AND name = 'task.progress' AND seq > ? ORDER BY seq LIMIT ?`,
  ).all(taskId, afterSeq, limit)
}

export function selectSeqRange(db: ReadDb): { readonly oldest: number; readonly last: number } {
  const row = statement(
    db,
    'SELECT (SELECT min(seq) FROM events) AS oldest, (SELECT max(seq) FROM events) AS last',
  ).get() as { oldest: number | null; last: number | null }
  return { oldest: row.oldest ?? 1, last: row.last ?? 0 }
}

/**
 * Removes the oldest events up to an instant, in their order: at the first that is younger it ends, also when the clock was set
 * back. The newest stays, so that no number is given twice. False when there was nothing to remove.
 */
export function removeOldEvents(db: WriteDb, beforeMs: number, limit: number): boolean {
  const rows = statement(
    db,
    `SELECT seq, at_ms AS atMs FROM events WHERE seq < (SELECT max(seq) FROM events)
     ORDER BY seq LIMIT ?`,
  ).all(limit) as { readonly seq: number; readonly atMs: number }[]
  const young = rows.findIndex(({ atMs }) => atMs >= beforeMs)
  const old = young < 0 ? rows : rows.slice(0, young)
  const last = old.at(-1)
  if (last === undefined) return false
  statement(db, 'DELETE FROM events WHERE seq <= ?').run(last.seq)
  return young < 0
}
