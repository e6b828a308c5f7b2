import type { TaskId } from '../../../../shared/model/ids.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'
import { deleteSeen } from './inbox.js'

/** Removes the newest part of a log, up to so many rows; true when nothing of it is left. */
export function removeLog(db: WriteDb, id: TaskId, rows: number, atMs: number): boolean {
  const { changes } = statement(
    db,
    `DELETE FROM task_output WHERE rowid IN
       (SELECT rowid FROM task_output WHERE task_id = ? ORDER BY "offset" DESC LIMIT ?)`,
  ).run(id, rows)
  statement(db, 'UPDATE tasks SET output_removed_ms = ? WHERE id = ?').run(atMs, id)
  const ordinal = 'SELECT ordinal FROM tasks WHERE id = ?'
  statement(db, `INSERT OR IGNORE INTO search_backlog ${ordinal}`).run(id)
  return changes < rows
}

/** What keeps a task, however old it is: who needs it, or would stand there without it. */
const IS_NEEDED = `
  EXISTS (SELECT 1 FROM tasks AS child WHERE child.parent_id = tasks.id)
  OR EXISTS (SELECT 1 FROM task_dependencies JOIN tasks AS dependent ON dependent.id = task_id
    WHERE depends_on = tasks.id AND dependent.state IN ('pending', 'running'))
  OR EXISTS (SELECT 1 FROM tasks AS parent WHERE parent.id = tasks.parent_id
    AND parent.state IN ('pending', 'running'))
  OR EXISTS (SELECT 1 FROM worktrees WHERE worktrees.task_id = tasks.id
    AND worktrees.state IN ('active', 'ready', 'conflicted', 'kept'))
  OR EXISTS (SELECT 1 FROM blockers WHERE blockers.task_id = tasks.id AND blockers.state = 'open')
  OR EXISTS (SELECT 1 FROM processes WHERE processes.task_id = tasks.id)
  OR EXISTS (SELECT 1 FROM schedules WHERE ended_at_ms IS NULL
    AND (schedules.task_id = tasks.id OR last_task_id = tasks.id))
  OR EXISTS (SELECT 1 FROM agents WHERE agents.task_id = tasks.id)
  OR EXISTS (SELECT 1 FROM agent_work WHERE agent_work.task_id = tasks.id AND agent_work.state <> 'ended')
  OR EXISTS (SELECT 1 FROM mails WHERE waiting_task = tasks.id AND answer_id IS NULL)`

/** A finished task, whether something still needs it, and whether its log is there. */
export interface OldTask {
  readonly id: TaskId
  readonly endedMs: number
  readonly needed: number
  readonly hasLog: number
}

/** Finished tasks that ended before an instant, from a place on, the oldest first. */
export function selectOldTasks(
  db: ReadDb,
  after: { readonly endedMs: number; readonly id: string },
  beforeMs: number,
  limit: number,
): OldTask[] {
  return statement(
    db,
    `SELECT id, completed_at_ms AS endedMs, (${IS_NEEDED}) AS needed,
       EXISTS (SELECT 1 FROM task_output WHERE task_id = tasks.id) AS hasLog FROM tasks INDEXED BY tasks_by_end
     WHERE completed_at_ms < @beforeMs AND completed_at_ms >= @endedMs
       AND (completed_at_ms > @endedMs OR id > @id) AND state IN ('completed', 'failed', 'cancelled')
     ORDER BY completed_at_ms, id LIMIT @limit`,
  ).all({ ...after, beforeMs, limit }) as OldTask[]
}

/** The same of one task, where it is still as it was. */
export function selectOldTask(db: ReadDb, id: TaskId, endedMs: number): OldTask | undefined {
  return statement(
    db,
    `SELECT id, completed_at_ms AS endedMs, (${IS_NEEDED}) AS needed, 1 AS hasLog FROM tasks
     WHERE id = ? AND completed_at_ms = ? AND state IN ('completed', 'failed', 'cancelled')`,
  ).get(id, endedMs) as OldTask | undefined
}

/** Everything that is kept of a task under its id. */
const BELONGINGS = [
  'attempts',
  'task_output',
  'task_messages',
  'task_resources',
  'task_dependencies',
  'evidence',
  'corrections',
  'blockers',
  'worktrees',
  'line_comments',
  'checkpoints',
  'agent_work',
] as const

/** Removes a task with all that belongs to it; what is left tells that it was there. */
export function removeTask(db: WriteDb, id: TaskId, atMs: number): void {
  statement(
    db,
    `INSERT OR REPLACE INTO removed_tasks SELECT id, state, completed_at_ms, ? FROM tasks WHERE id = ?`,
  ).run(atMs, id)
  const plans = 'SELECT id FROM plans WHERE task_id = ?'
  statement(db, `DELETE FROM plan_parts WHERE plan_id IN (${plans})`).run(id)
  statement(db, 'DELETE FROM plans WHERE task_id = ?').run(id)
  statement(db, 'DELETE FROM agent_steps WHERE run_id > ? AND run_id < ?').run(`${id}.`, `${id}/`)
  for (const table of BELONGINGS) statement(db, `DELETE FROM ${table} WHERE task_id = ?`).run(id)
  statement(db, 'DELETE FROM task_dependencies WHERE depends_on = ?').run(id)
  deleteSeen(db, id)
  statement(db, 'DELETE FROM tasks WHERE id = ?').run(id)
}

/** When a task was removed because of its age. */
export function selectRemoval(db: ReadDb, id: string): number | undefined {
  const sql = 'SELECT removed_at_ms FROM removed_tasks WHERE task_id = ?'
  return statement(db, sql).pluck().get(id) as number | undefined
}

/** Since when the longest of the running tasks has run: its progress is told from the events. */
export function selectOldestRun(db: ReadDb): number | undefined {
  const sql = `SELECT min(created_at_ms) FROM tasks WHERE state = 'running'`
  return (statement(db, sql).pluck().get() as number | null) ?? undefined
}
