import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** Appends a step to a run; `step` counts from 0 without gaps. */
export function insertAgentStep(
  db: WriteDb,
  entry: {
    readonly runId: string
    readonly step: number
    readonly kind: string
    readonly payload: string
    readonly atMs: number
  },
): void {
  statement(
    db,
    `INSERT INTO agent_steps (run_id, step, kind, payload, at_ms)
     VALUES (@runId, @step, @kind, @payload, @atMs)`,
  ).run(entry)
}

/** Raw rows of a run in order. */
export function selectAgentSteps(db: ReadDb, runId: string): unknown[] {
  return statement(
    db,
    'SELECT run_id, step, kind, payload FROM agent_steps WHERE run_id = ? ORDER BY step',
  ).all(runId)
}

/** Of the newest answers of a run, for what it said on the way. */
const MOST_ANSWERS = 30

/** Payloads of the newest answers of the model in a run, oldest first. */
export function selectSaid(db: ReadDb, runId: string): string[] {
  const newest = statement(
    db,
    `SELECT payload FROM agent_steps WHERE run_id = ? AND kind = 'turn' ORDER BY step DESC LIMIT ?`,
  )
    .pluck()
    .all(runId, MOST_ANSWERS) as string[]
  return newest.reverse()
}
