import type { Correction } from '../../../../shared/model/check.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

export interface CorrectionRecord extends Correction {
  readonly fingerprint: string
  /** Attempt of the task that it belongs to. */
  readonly taskAttempt: number
}

export function insertCorrection(db: WriteDb, taskId: TaskId, correction: CorrectionRecord): void {
  statement(
    db,
    `INSERT INTO corrections (task_id, attempt, task_attempt, "limit", state, failure, fingerprint, started_ms)
     VALUES (@taskId, @attempt, @taskAttempt, @limit, @state, @failure, @fingerprint, @startedAt)`,
  ).run({ ...correction, taskId })
}

export function endCorrection(
  db: WriteDb,
  taskId: TaskId,
  { attempt, state, endedAt }: Pick<Correction, 'attempt' | 'state' | 'endedAt'>,
): void {
  statement(
    db,
    'UPDATE corrections SET state = ?, ended_ms = ? WHERE task_id = ? AND attempt = ?',
  ).run(state, endedAt, taskId, attempt)
}

/** Oldest first. */
export function selectCorrections(db: ReadDb, taskId: TaskId): CorrectionRecord[] {
  return statement(
    db,
    `SELECT attempt, task_attempt AS taskAttempt, "limit", state, failure, fingerprint,
       started_ms AS startedAt, ended_ms AS endedAt
     FROM corrections WHERE task_id = ? ORDER BY attempt`,
  ).all(taskId) as CorrectionRecord[]
}
