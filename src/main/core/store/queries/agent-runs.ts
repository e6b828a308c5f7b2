import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'

/** How many runs of agents a task has had; they are named `<task id>.1`, `<task id>.2` and so on. */
export function countRuns(db: ReadDb, taskId: string): number {
  return statement(
    db,
    `SELECT count(*) FROM agent_steps WHERE run_id > @first AND run_id < @last AND step = 0`,
  )
    .pluck()
    .get({ first: `${taskId}.`, last: `${taskId}/` }) as number
}
