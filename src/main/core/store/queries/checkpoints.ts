import { z } from 'zod'
import { Check } from '../../../../shared/model/check.js'
import { CheckpointId, TaskId } from '../../../../shared/model/ids.js'
import { PlanState } from '../../../../shared/model/plan.js'
import { TaskResult } from '../../../../shared/model/task.js'
import type { ReadDb, WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

/** How far the newest run of an agent had come: its steps stay where they are, and are never changed. */
const SavedRun = z.object({ runId: z.string(), steps: z.number() })

const SavedPart = z.object({
  ...{ key: z.string(), title: z.string(), description: z.string(), agent: z.string() },
  ...{ reason: z.string(), dependsOn: z.array(z.string()), checks: z.array(Check) },
  worker: z.string().nullable(),
  taskId: TaskId.nullable(),
  /** Of a part that was done. */
  result: TaskResult.nullable(),
  run: SavedRun.nullable(),
})
export type SavedPart = z.output<typeof SavedPart>

const SavedPlan = z.object({
  callId: z.string(),
  round: z.number(),
  state: PlanState,
  goal: z.string(),
  remark: z.string().nullable(),
  parts: z.array(SavedPart),
})
export type SavedPlan = z.output<typeof SavedPlan>

/** A commit that holds what a task's workspace held. */
const SavedWorkspace = z.object({ taskId: TaskId, repository: z.string(), commit: z.string() })
export type SavedWorkspace = z.output<typeof SavedWorkspace>

/** A team as it was: what the lead is, its plans with what came of them, contexts and workspaces. */
export const SavedTeam = z.object({
  leadId: TaskId,
  run: SavedRun.nullable(),
  plans: z.array(SavedPlan),
  workspaces: z.array(SavedWorkspace),
})
export type SavedTeam = z.output<typeof SavedTeam>

const CheckpointRow = z
  .object({
    id: CheckpointId,
    task_id: TaskId,
    name: z.string(),
    content: json(SavedTeam),
    created_at_ms: z.number(),
  })
  .transform(({ id, task_id: taskId, name, content: team, created_at_ms: createdAtMs }) => ({
    ...{ id, taskId, name, team, createdAtMs },
  }))
export type CheckpointRecord = z.output<typeof CheckpointRow>

export function insertCheckpoint(db: WriteDb, { team, ...checkpoint }: CheckpointRecord): void {
  statement(
    db,
    `INSERT INTO checkpoints (id, task_id, name, content, created_at_ms)
     VALUES (@id, @taskId, @name, @content, @createdAtMs)`,
  ).run({ ...checkpoint, content: JSON.stringify(team) })
}

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): CheckpointRecord[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'checkpoints', key, atMs }, CheckpointRow, rows)
}

export function selectCheckpoint(
  db: WriteDb,
  id: CheckpointId,
  atMs: number,
): CheckpointRecord | undefined {
  const row = statement(db, 'SELECT * FROM checkpoints WHERE id = ?').get(id)
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

/** Newest first; of one lead, or of all. */
export function selectCheckpoints(
  db: WriteDb,
  taskId: TaskId | undefined,
  atMs: number,
): CheckpointRecord[] {
  const rows =
    taskId === undefined
      ? statement(db, 'SELECT * FROM checkpoints ORDER BY ordinal DESC LIMIT 500').all()
      : statement(
          db,
          'SELECT * FROM checkpoints WHERE task_id = ? ORDER BY ordinal DESC LIMIT 500',
        ).all(taskId)
  return parse(db, rows, atMs)
}

export function deleteCheckpoint(db: WriteDb, id: CheckpointId): void {
  statement(db, 'DELETE FROM checkpoints WHERE id = ?').run(id)
}

export function countSteps(db: ReadDb, runId: string): number {
  return statement(db, 'SELECT count(*) FROM agent_steps WHERE run_id = ?')
    .pluck()
    .get(runId) as number
}

/** What the steps of a run are, and of results whose. */
export function selectStepKinds(
  db: ReadDb,
  runId: string,
): { readonly kind: string; readonly resultOf: string | null }[] {
  return statement(
    db,
    `SELECT kind, CASE kind WHEN 'result' THEN payload ->> 'toolUseId' END AS resultOf
     FROM agent_steps WHERE run_id = ? ORDER BY step`,
  ).all(runId) as { readonly kind: string; readonly resultOf: string | null }[]
}

/** A new run that begins with the steps of another one. */
export function copySteps(
  db: WriteDb,
  from: { readonly runId: string; readonly steps: number },
  to: string,
): void {
  statement(
    db,
    `INSERT INTO agent_steps (run_id, step, kind, payload, at_ms)
     SELECT @to, step, kind, payload, at_ms FROM agent_steps
     WHERE run_id = @runId AND step < @steps`,
  ).run({ ...from, to })
}
