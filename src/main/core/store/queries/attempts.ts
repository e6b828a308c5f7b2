import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskError } from '../../../../shared/model/task.js'
import type { WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** Opens a stretch of an attempt: it has more than one when it waited or the host crashed. */
export function insertAttempt(
  db: WriteDb,
  entry: {
    readonly taskId: TaskId
    readonly attempt: number
    readonly startedAtMs: number
    /** Where its output begins in the task's log. */
    readonly logOffset: number
  },
): void {
  statement(
    db,
    `INSERT INTO attempts (task_id, attempt, started_at_ms, log_offset)
     VALUES (@taskId, @attempt, @startedAtMs, @logOffset) ON CONFLICT DO NOTHING`,
  ).run(entry)
}

export function closeAttempts(
  db: WriteDb,
  taskId: TaskId,
  end: { readonly atMs: number; readonly outcome: string; readonly error: TaskError | null },
): void {
  statement(
    db,
    `UPDATE attempts SET ended_at_ms = @atMs, outcome = @outcome, error_code = @code,
       error_message = @message WHERE task_id = @taskId AND ended_at_ms IS NULL`,
  ).run({
    taskId,
    atMs: end.atMs,
    outcome: end.outcome,
    code: end.error?.code ?? null,
    message: end.error?.message ?? null,
  })
}
