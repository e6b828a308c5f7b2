import type { TaskId } from '../../../../shared/model/ids.js'
import { LANES, type Lane } from '../../scheduler/lane.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** Pending tasks, at a cost that does not grow with them. */
export function countWaitingTasks(db: ReadDb): number {
  return statement(db, 'SELECT tasks FROM waiting_count').pluck().get() as number
}

export interface StartableRow {
  readonly id: TaskId
  readonly lane: Lane
  readonly rank: number
  readonly ordinal: number
  readonly waitSinceMs: number
  readonly kind: string
}

/** The pending tasks of a lane that are first in line, at a cost that does not grow with the queue. */
export function selectStartable(db: ReadDb, lane: Lane, limit: number): StartableRow[] {
  return statement(
    db,
    `SELECT id, lane, rank, ordinal, wait_since_ms AS waitSinceMs, kind
     FROM tasks INDEXED BY tasks_startable
     WHERE state = 'pending' AND own_wait IS NULL AND lane = ? ORDER BY rank, ordinal LIMIT ?`,
  ).all(lane, limit) as StartableRow[]
}

/** Whether any pending task waits for nothing but room. */
export function hasStartable(db: ReadDb): boolean {
  return LANES.some((lane) => selectStartable(db, lane, 1).length > 0)
}

/**
 * When the earliest timer of a waiting task is due; null without one.
 * @param instants whether those count that somebody named
 */
export function selectNextTimer(db: ReadDb, instants: boolean): number | null {
  const next = statement(
    db,
    `SELECT not_before_ms FROM tasks INDEXED BY tasks_timed
     WHERE state = 'pending' AND not_before_ms IS NOT NULL AND (? OR own_wait IS NOT 'schedule')
       AND (own_wait IS NULL OR own_wait NOT IN ('paused', 'limit'))
     ORDER BY not_before_ms LIMIT 1`,
  )
    .pluck()
    .get(instants ? 1 : 0) as number | undefined
  return next ?? null
}

/** @param instants whether those count that wait for an instant that somebody named */
export function selectDueTimers(db: ReadDb, nowMs: number, instants: boolean): TaskId[] {
  return statement(
    db,
    `SELECT id FROM tasks INDEXED BY tasks_timed
     WHERE state = 'pending' AND not_before_ms IS NOT NULL AND not_before_ms <= ?
       AND (? OR own_wait IS NOT 'schedule')
       AND (own_wait IS NULL OR own_wait NOT IN ('paused', 'limit')) ORDER BY not_before_ms, ordinal`,
  )
    .pluck()
    .all(nowMs, instants ? 1 : 0) as TaskId[]
}

/** Moves the waits of pending tasks into the past, save those for an instant that somebody named. */
export function moveWaitsBack(db: WriteDb, byMs: number): void {
  statement(
    db,
    `UPDATE tasks SET wait_since_ms = wait_since_ms - @byMs,
       not_before_ms = CASE own_wait WHEN 'schedule' THEN not_before_ms
         ELSE not_before_ms - @byMs END
     WHERE state = 'pending'`,
  ).run({ byMs })
}
