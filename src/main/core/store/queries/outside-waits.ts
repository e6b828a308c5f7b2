import type { TaskId } from '../../../../shared/model/ids.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'

/** Tasks that wait for an answer, an approval or their children, oldest first. */
export function selectOutsideWaiters(db: ReadDb): TaskId[] {
  return statement(
    db,
    `SELECT id FROM tasks INDEXED BY tasks_outside
     WHERE state = 'pending' AND own_wait IN ('answer', 'approval', 'children') ORDER BY ordinal`,
  )
    .pluck()
    .all() as TaskId[]
}

/** How many tasks directly below a task have not ended. */
export function selectOpenChildren(db: ReadDb, id: TaskId): number {
  return statement(
    db,
    `SELECT count(*) FROM tasks INDEXED BY tasks_by_parent
     WHERE parent_id = ? AND state IN ('pending', 'running')`,
  )
    .pluck()
    .get(id) as number
}
