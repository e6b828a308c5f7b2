import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskState } from '../../../../shared/model/task.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** Notes that a task waits for another one; said twice it counts once. */
export function insertDependency(db: WriteDb, taskId: TaskId, dependsOn: TaskId): void {
  statement(
    db,
    'INSERT INTO task_dependencies (task_id, depends_on) VALUES (?, ?) ON CONFLICT DO NOTHING',
  ).run(taskId, dependsOn)
  statement(db, 'UPDATE tasks SET has_dependents = 1 WHERE id = ?').run(dependsOn)
}

export interface Dependency {
  readonly id: TaskId
  readonly state: TaskState
}

/** What a task depends on, in the order of submission. */
export function selectDependencies(db: ReadDb, taskId: TaskId): Dependency[] {
  return statement(
    db,
    `SELECT tasks.id, tasks.state FROM task_dependencies JOIN tasks ON tasks.id = depends_on
     WHERE task_id = ? ORDER BY tasks.ordinal`,
  ).all(taskId) as Dependency[]
}

/** Their ends, as far as they have ended. */
export function selectEarlierResults(
  db: ReadDb,
  taskId: TaskId,
): { readonly id: TaskId; readonly description: string; readonly result: string | null }[] {
  return statement(
    db,
    `SELECT tasks.id, tasks.description, tasks.result FROM task_dependencies
     JOIN tasks ON tasks.id = depends_on WHERE task_id = ? ORDER BY tasks.ordinal`,
  ).all(taskId) as { id: TaskId; description: string; result: string | null }[]
}

/** Tasks that wait for this one and have not ended, in the order of submission. */
export function selectWaitingDependents(db: ReadDb, dependsOn: TaskId): TaskId[] {
  // A cross join keeps its order: the planner would rather go through every pending task.
  const rows = statement(
    db,
    `SELECT tasks.id, tasks.ordinal FROM task_dependencies CROSS JOIN tasks ON tasks.id = task_id
     WHERE depends_on = ? AND tasks.state = 'pending'`,
  ).all(dependsOn) as { readonly id: TaskId; readonly ordinal: number }[]
  return rows.sort((a, b) => a.ordinal - b.ordinal).map(({ id }) => id)
}
