import type { TimelineEntry } from '../../../shared/rpc/task.js'
import type { WriteDb } from '../store/database.js'
import { selectDependencies } from '../store/queries/dependencies.js'
import { selectTasksAt } from '../store/queries/tasks.js'
import type { TaskOverview } from '../tasks/task-record.js'
import { readStretches } from './task-log.js'

export interface TimelineRecord extends Omit<TimelineEntry, 'task'> {
  readonly task: TaskOverview
}

/** The tasks with these ordinals, in their order, with when each of them ran. */
export function readTimeline(
  db: WriteDb,
  ordinals: readonly number[],
  nowMs: number,
): TimelineRecord[] {
  const tasks = selectTasksAt(db, ordinals, nowMs)
  return tasks.map((task) => ({
    task,
    stretches: readStretches(db, task, nowMs).map(({ attempt, startedAt, endedAt, outcome }) => {
      return { attempt, startedAt, endedAt, outcome }
    }),
    dependencies: selectDependencies(db, task.id).map(({ id }) => id),
  }))
}
