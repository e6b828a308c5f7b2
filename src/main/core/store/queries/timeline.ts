import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import { columnsOf, columnValuesOf, type WantedColumns } from './task-filter.js'

export interface TimelineRequest {
  readonly filter: WantedColumns
  readonly sinceMs: number
  readonly limit: number
}

/** Of finished tasks only so many of the newest are looked at, so that a span of any age costs as little. */
const NEWEST = 5_000

/** Tasks that were there at some moment since an instant, newest first: all that have not ended, and ended ones. */
export function selectTimeline(db: ReadDb, { filter, sinceMs, limit }: TimelineRequest): number[] {
  const fitting = columnsOf(filter)
    .map(({ condition }) => `AND ${condition}`)
    .join(' ')
  return statement(
    db,
    `SELECT ordinal FROM (
       SELECT ordinal FROM tasks INDEXED BY tasks_listed
       WHERE state IN ('pending', 'running') ${fitting}
       UNION
       SELECT ordinal FROM tasks NOT INDEXED
       WHERE ordinal > (SELECT max(ordinal) FROM tasks) - ${NEWEST} AND completed_at_ms >= @sinceMs ${fitting}
     ) ORDER BY ordinal DESC LIMIT @limit`,
  )
    .pluck()
    .all({ ...columnValuesOf(filter), sinceMs, limit }) as number[]
}
