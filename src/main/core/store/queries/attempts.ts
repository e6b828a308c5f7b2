import { z } from 'zod'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskAttempt, TaskError } from '../../../../shared/model/task.js'
import { TaskErrorCode } from '../../../../shared/rpc/errors.js'
import type { ReadDb, WriteDb } from '../database.js'
import { parseRows } from '../rows.js'
import { statement } from '../statement.js'

interface Stretch {
  readonly taskId: TaskId
  readonly attempt: number
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly outcome: string
  readonly error: TaskError | null
  /** Where its output begins in the task's log. */
  readonly logOffset: number
}

/** Notes a stretch of an attempt that has ended: it has several when it waited or the host crashed. */
export function insertAttempt(db: WriteDb, entry: Stretch): void {
  const { error, ...rest } = entry
  statement(
    db,
    `INSERT INTO attempts (task_id, attempt, started_at_ms, ended_at_ms, outcome, error_code,
       error_message, log_offset)
     VALUES (@taskId, @attempt, @startedAtMs, @endedAtMs, @outcome, @code, @message, @logOffset)
     ON CONFLICT DO UPDATE SET ended_at_ms = excluded.ended_at_ms, outcome = excluded.outcome,
       error_code = excluded.error_code, error_message = excluded.error_message`,
  ).run({ ...rest, code: error?.code ?? null, message: error?.message ?? null })
}

/** Whether the end of a stretch is on record. */
export function hasAttempt(
  db: ReadDb,
  { taskId, attempt, startedAtMs }: Pick<Stretch, 'taskId' | 'attempt' | 'startedAtMs'>,
): boolean {
  const sql = 'SELECT 1 FROM attempts WHERE task_id = ? AND attempt = ? AND started_at_ms = ?'
  return statement(db, sql).get(taskId, attempt, startedAtMs) !== undefined
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

/** One, without where its output ends. */
export type AttemptStretch = Omit<TaskAttempt, 'logEnd'>

/** Every stretch of every attempt that has ended, oldest first. */
export function selectAttempts(db: WriteDb, taskId: TaskId, atMs: number): AttemptStretch[] {
  const rows = statement(
    db,
    `SELECT attempt, started_at_ms, ended_at_ms, outcome, error_code, error_message, log_offset
     FROM attempts WHERE task_id = ? ORDER BY attempt, started_at_ms`,
  ).all(taskId)
  const key = (row: unknown) => {
    const { attempt, started_at_ms: startedAtMs } = row as z.input<typeof AttemptRow>
    return `${taskId}/${attempt}/${startedAtMs}`
  }
  return parseRows(db, { table: 'attempts', key, atMs }, AttemptRow, rows).map((row) => ({
    attempt: row.attempt,
    startedAt: row.started_at_ms,
    endedAt: row.ended_at_ms,
    outcome: row.outcome,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, message: row.error_message ?? row.error_code },
    logOffset: row.log_offset,
  }))
}
