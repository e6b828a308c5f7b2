import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'

/** Of finished tasks only so many of the newest are looked at, so that a span of any age costs as little. */
const NEWEST = 5_000

/** Tasks that were there at some moment since an instant, newest first: all that have not ended, and ended ones. */
export function selectTimeline(db: ReadDb, sinceMs: number, limit: number): number[] {
  return statement(
    db,
    `SELECT ordinal FROM (
       SELECT ordinal FROM tasks INDEXED BY tasks_by_state WHERE state IN ('pending', 'running')
       UNION
       SELECT ordinal FROM tasks
       WHERE ordinal > (SELECT max(ordinal) FROM tasks) - ${NEWEST} AND completed_at_ms >= @sinceMs
     ) ORDER BY ordinal DESC LIMIT @limit`,
  )
    .pluck()
    .all({ sinceMs, limit }) as number[]
}
