import type { TimelineEntry } from '../../../shared/rpc/task.js'
import type { WriteDb } from '../store/database.js'
import { selectDependencies } from '../store/queries/dependencies.js'
import { selectTasksAt } from '../store/queries/tasks.js'
import { selectTimeline } from '../store/queries/timeline.js'
import type { TaskOverview } from '../tasks/task-record.js'
import { readAttempts } from './task-log.js'

export interface TimelineRecord extends Omit<TimelineEntry, 'task'> {
  readonly task: TaskOverview
}

/** Tasks that were there at some moment since an instant, newest first, with when each of them ran. */
export function readTimeline(
  db: WriteDb,
  sinceMs: number,
  limit: number,
  nowMs: number,
): TimelineRecord[] {
  const tasks = selectTasksAt(db, selectTimeline(db, sinceMs, limit), nowMs)
  return tasks.map((task) => ({
    task,
    stretches: readAttempts(db, task, nowMs).map(({ attempt, startedAt, endedAt, outcome }) => {
      return { attempt, startedAt, endedAt, outcome }
    }),
    dependencies: selectDependencies(db, task.id).map(({ id }) => id),
  }))
}
