import { z } from 'zod'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskAttempt, TaskError } from '../../../../shared/model/task.js'
import { TaskErrorCode } from '../../../../shared/rpc/errors.js'
import type { WriteDb } from '../database.js'
import { parseRows } from '../rows.js'
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

const AttemptRow = z.object({
  attempt: z.number(),
  started_at_ms: z.number(),
  ended_at_ms: z.number().nullable(),
  outcome: z.string().nullable(),
  error_code: TaskErrorCode.nullable(),
  error_message: z.string().nullable(),
  log_offset: z.number(),
})

/** Every stretch of every attempt, oldest first; `logEnd` of the last one is where the log ends. */
export function selectAttempts(
  db: WriteDb,
  taskId: TaskId,
  logEnd: number,
  atMs: number,
): TaskAttempt[] {
  const rows = statement(
    db,
    `SELECT attempt, started_at_ms, ended_at_ms, outcome, error_code, error_message, log_offset
     FROM attempts WHERE task_id = ? ORDER BY attempt, started_at_ms`,
  ).all(taskId)
  const key = (row: unknown) => {
    const { attempt, started_at_ms: startedAtMs } = row as z.input<typeof AttemptRow>
    return `${taskId}/${attempt}/${startedAtMs}`
  }
  const good = parseRows(db, { table: 'attempts', key, atMs }, AttemptRow, rows)
  return good.map((row, index) => ({
    attempt: row.attempt,
    startedAt: row.started_at_ms,
    endedAt: row.ended_at_ms,
    outcome: row.outcome,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, message: row.error_message ?? row.error_code },
    logOffset: row.log_offset,
    logEnd: good[index + 1]?.log_offset ?? logEnd,
  }))
}
