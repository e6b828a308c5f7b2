import { z } from 'zod'
import { Evidence } from '../../../../shared/model/check.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { ReadDb, WriteDb } from '../database.js'
import { parseRows } from '../rows.js'
import { statement } from '../statement.js'

const EvidenceRow = z
  .object({
    ...{ id: z.number(), round: z.number(), position: z.number() },
    kind: Evidence.shape.kind,
    ...{ name: z.string(), passed: z.number(), detail: z.string(), output: z.string() },
    ...{ exit_code: z.number().nullable(), score: z.number().nullable() },
    ...{ duration_ms: z.number(), at_ms: z.number() },
  })
  .transform(
    ({ id: _, exit_code, score, duration_ms, at_ms, passed, ...row }): Evidence => ({
      ...row,
      passed: passed === 1,
      ...(row.kind === 'command' ? { exitCode: exit_code } : {}),
      ...(score === null ? {} : { score }),
      durationMs: duration_ms,
      at: at_ms,
    }),
  )

export function insertEvidence(db: WriteDb, taskId: TaskId, evidence: Evidence): void {
  const { exitCode = null, score = null, passed, at, ...rest } = evidence
  statement(
    db,
    `INSERT INTO evidence (task_id, round, position, kind, name, passed, detail, exit_code, score, output,
       duration_ms, at_ms)
     VALUES (@taskId, @round, @position, @kind, @name, @passed, @detail, @exitCode, @score, @output,
       @durationMs, @at)`,
  ).run({ ...rest, taskId, exitCode, score, at, passed: passed ? 1 : 0 })
}

/** Oldest first. */
export function selectEvidence(db: WriteDb, taskId: TaskId, atMs: number): Evidence[] {
  const rows = statement(
    db,
    `SELECT id, round, position, kind, name, passed, detail, exit_code, score, output, duration_ms, at_ms
     FROM evidence INDEXED BY evidence_by_task WHERE task_id = ? ORDER BY id`,
  ).all(taskId)
  const key = (row: unknown) => String((row as { id: number }).id)
  return parseRows(db, { table: 'evidence', key, atMs }, EvidenceRow, rows)
}

/** The newest round of checks; 0 before the first. */
export function selectRound(db: ReadDb, taskId: TaskId): number {
  return statement(
    db,
    'SELECT coalesce(max(round), 0) FROM evidence INDEXED BY evidence_by_task WHERE task_id = ?',
  )
    .pluck()
    .get(taskId) as number
}
