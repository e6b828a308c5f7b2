import { z } from 'zod'
import { ConversationId, TaskId } from '../../../../shared/model/ids.js'
import { TaskNotify } from '../../../../shared/model/notification.js'
import { TaskState } from '../../../../shared/model/task.js'
import type { Told } from '../../notify/decide.js'
import type { ReadDb, WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'
import type { EndCounts } from './notifications.js'

const FACTS = `tasks.id, tasks.parent_id, tasks.description, tasks.conversation_id, tasks.state, tasks.progress,
  tasks.attempt, tasks.completed_at_ms, tasks.error_code, tasks.error_message, tasks.notify`

const FactsRow = z
  .object({
    ...{
      id: TaskId,
      parent_id: TaskId.nullable(),
      description: z.string(),
      conversation_id: ConversationId.nullable(),
    },
    ...{ state: TaskState, progress: z.number(), attempt: z.number() },
    ...{ completed_at_ms: z.number().nullable(), error_code: z.string().nullable() },
    ...{ error_message: z.string().nullable(), notify: json(TaskNotify).nullable().catch(null) },
  })
  .transform((row) => ({
    ...{ id: row.id, parentId: row.parent_id, description: row.description },
    ...{ conversationId: row.conversation_id },
    ...{ state: row.state, progress: row.progress, attempt: row.attempt },
    ...{ completedAtMs: row.completed_at_ms, errorCode: row.error_code },
    ...{ errorMessage: row.error_message, notify: row.notify },
  }))

/** What is told of a task. */
export type NotifyFacts = z.output<typeof FactsRow>

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): NotifyFacts[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'tasks', key, atMs }, FactsRow, rows)
}

/** The root of the tree that a task is in. Undefined for one that is gone, or the root of which is. */
export function selectRoot(db: WriteDb, id: TaskId, atMs: number): NotifyFacts | undefined {
  const rows = statement(
    db,
    `WITH RECURSIVE above (id, parent_id, depth) AS (
       SELECT id, parent_id, 0 FROM tasks WHERE id = ?
       UNION ALL
       SELECT tasks.id, tasks.parent_id, depth + 1
       FROM above CROSS JOIN tasks ON tasks.id = above.parent_id WHERE depth < 100)
     SELECT ${FACTS} FROM above CROSS JOIN tasks ON tasks.id = above.id WHERE above.parent_id IS NULL LIMIT 1`,
  ).all(id)
  return parse(db, rows, atMs)[0]
}

export function selectNotifyFacts(db: WriteDb, id: TaskId, atMs: number): NotifyFacts | undefined {
  return parse(db, statement(db, `SELECT ${FACTS} FROM tasks WHERE id = ?`).all(id), atMs)[0]
}

/** What is looked at of what came of a task. */
export interface Outcome {
  /** Of a report its beginning, of what a command printed its end; empty where it is no text. */
  readonly text: string
  readonly isPrinted: boolean
}

const OutcomeRow = z
  .object({ text: z.string(), is_printed: z.number() })
  .transform((row) => ({ text: row.text, isPrinted: row.is_printed === 1 }))

export function selectOutcome(db: ReadDb, id: TaskId, characters: number): Outcome {
  const found = statement(
    db,
    `SELECT lane = 'command' AS is_printed,
       substr(json_extract(result, '$.output'), iif(lane = 'command', -@characters, 1), @characters) AS text
     FROM tasks WHERE id = @id AND json_valid(result) AND json_type(result, '$.output') = 'text'`,
  ).get({ characters, id })
  return OutcomeRow.catch({ text: '', isPrinted: false }).parse(found)
}

/** Whether an agent does it by itself, for a mail or an event: nobody but the agent waits for it. */
export function isChoreOfAgent(db: ReadDb, id: TaskId): boolean {
  const kind = statement(db, 'SELECT kind FROM agent_work WHERE task_id = ?').pluck().get(id)
  return kind === 'mail' || kind === 'event'
}

export function selectTold(db: ReadDb, id: TaskId): Told | undefined {
  return statement(
    db,
    `SELECT told_progress AS progress, told_at_ms AS atMs, told_end AS "end", due_at_ms AS dueAtMs
     FROM notify_tasks WHERE task_id = ?`,
  ).get(id) as Told | undefined
}

export function upsertTold(db: WriteDb, id: TaskId, told: Told): void {
  statement(
    db,
    `INSERT INTO notify_tasks (task_id, told_progress, told_at_ms, told_end, due_at_ms)
     VALUES (@id, @progress, @atMs, @end, @dueAtMs)
     ON CONFLICT DO UPDATE SET told_progress = excluded.told_progress, told_at_ms = excluded.told_at_ms,
       told_end = excluded.told_end, due_at_ms = excluded.due_at_ms`,
  ).run({ id, ...told })
}

/** Tasks whose progress is to be looked at again now; also those that were told of in what is the future. */
export function selectDueProgress(db: ReadDb, nowMs: number, limit: number): TaskId[] {
  return statement(
    db,
    `SELECT task_id FROM notify_tasks INDEXED BY notify_tasks_due
     WHERE due_at_ms IS NOT NULL AND (due_at_ms <= ? OR told_at_ms > ?) ORDER BY due_at_ms LIMIT ?`,
  )
    .pluck()
    .all(nowMs, nowMs, limit) as TaskId[]
}

export function selectNextDue(db: ReadDb): number | null {
  return statement(
    db,
    'SELECT min(due_at_ms) FROM notify_tasks INDEXED BY notify_tasks_due WHERE due_at_ms IS NOT NULL',
  )
    .pluck()
    .get() as number | null
}

export function insertEnd(db: WriteDb, id: TaskId): void {
  statement(db, 'INSERT OR IGNORE INTO notify_ends (task_id) VALUES (?)').run(id)
}

export function hasEnds(db: ReadDb): boolean {
  return statement(db, 'SELECT EXISTS (SELECT 1 FROM notify_ends)').pluck().get() === 1
}

/** Of which tasks the ends are to be told first. */
export function selectFirstEnds(db: ReadDb, limit: number): TaskId[] {
  return statement(db, 'SELECT task_id FROM notify_ends ORDER BY ordinal LIMIT ?')
    .pluck()
    .all(limit) as TaskId[]
}

/** @returns whether it was to be told */
export function deleteEnd(db: WriteDb, id: TaskId): boolean {
  return statement(db, 'DELETE FROM notify_ends WHERE task_id = ?').run(id).changes === 1
}

/** What ends are to be told, less those that have begun again: how many of each, and the first of them. */
export function takeEnds(
  db: WriteDb,
  limit: number,
  atMs: number,
): { readonly counts: EndCounts; readonly first: readonly NotifyFacts[] } {
  const from = `FROM notify_ends CROSS JOIN tasks ON tasks.id = notify_ends.task_id
    AND tasks.state IN ('completed', 'failed', 'cancelled')`
  const counts = statement(
    db,
    `SELECT count(*) FILTER (WHERE state = 'completed') AS completed,
       count(*) FILTER (WHERE state = 'failed') AS failed,
       count(*) FILTER (WHERE state = 'cancelled') AS cancelled ${from}`,
  ).get() as EndCounts
  const rows = statement(db, `SELECT ${FACTS} ${from} ORDER BY notify_ends.ordinal LIMIT ?`).all(
    limit,
  )
  const first = parse(db, rows, atMs)
  statement(db, 'DELETE FROM notify_ends').run()
  return { counts, first }
}
