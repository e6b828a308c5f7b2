import { z } from 'zod'
import type { TaskId } from '../../../../shared/model/ids.js'
import {
  type MachineUse,
  type ResourceTrace,
  type TaskUse,
  TaskUse as TaskUseSchema,
} from '../../../../shared/model/resources.js'
import type { ReadDb, WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

export function upsertTaskResources(
  db: WriteDb,
  stretch: {
    readonly taskId: TaskId
    readonly attempt: number
    readonly startedAtMs: number
    readonly points: readonly TaskUse[]
  },
): void {
  const points = stretch.points.map(({ at, cpu, memoryBytes }) => [at, cpu, memoryBytes])
  statement(
    db,
    `INSERT INTO task_resources (task_id, attempt, started_at_ms, points)
     VALUES (@taskId, @attempt, @startedAtMs, @points)
     ON CONFLICT DO UPDATE SET points = excluded.points`,
  ).run({ ...stretch, points: JSON.stringify(points) })
}

const ResourcesRow = z
  .object({
    task_id: z.string(),
    attempt: z.number(),
    started_at_ms: z.number(),
    points: json(z.array(z.tuple([z.number(), z.number(), z.number()]))),
  })
  .transform(
    (row): ResourceTrace => ({
      attempt: row.attempt,
      startedAt: row.started_at_ms,
      points: row.points.map(([at, cpu, memoryBytes]) =>
        TaskUseSchema.parse({ at, cpu, memoryBytes }),
      ),
    }),
  )

/** Oldest stretch first. */
export function selectTaskResources(db: WriteDb, taskId: TaskId, atMs: number): ResourceTrace[] {
  const rows = statement(
    db,
    'SELECT * FROM task_resources WHERE task_id = ? ORDER BY attempt, started_at_ms',
  ).all(taskId)
  const key = (row: unknown) => (row as { task_id: string }).task_id
  return parseRows(db, { table: 'task_resources', key, atMs }, ResourcesRow, rows)
}

/** Adds a minute, and forgets what is older than `keptSinceMs`. */
export function insertMachineUse(db: WriteDb, use: MachineUse, keptSinceMs: number): void {
  statement(
    db,
    'INSERT OR REPLACE INTO machine_use (at_ms, cpu, memory) VALUES (@at, @cpu, @memory)',
  ).run(use)
  statement(db, 'DELETE FROM machine_use WHERE at_ms < ?').run(keptSinceMs)
}

/** Oldest first; the minutes since `sinceMs`, put together in spans of `spanMs`. */
export function selectMachineUse(db: ReadDb, sinceMs: number, spanMs: number): MachineUse[] {
  return statement(
    db,
    `SELECT min(at_ms) AS at, avg(cpu) AS cpu, avg(memory) AS memory FROM machine_use
     WHERE at_ms >= @sinceMs GROUP BY at_ms / CAST(@spanMs AS INTEGER) ORDER BY at`,
  ).all({ sinceMs, spanMs }) as MachineUse[]
}
