import type { Stall, TaskView } from '../../../shared/model/task.js'
import type { TaskOverview } from '../tasks/task-record.js'

/** Without output, a step or an answer of the model for this long a running task counts as stalled. */
export const STALL_AFTER_MS = 5 * 60 * 1000

/** What is told of a task that has shown no sign of life since `sinceMs`. */
export function stallSince(sinceMs: number): Stall {
  const minutes = STALL_AFTER_MS / 60_000
  return {
    since: sinceMs,
    detail: `No output, step or answer for more than ${minutes} minutes; it may hang. It goes on until it is cancelled.`,
  }
}

export function stallOf({ state, stalledSinceMs }: TaskOverview): Pick<TaskView, 'stalled'> {
  if (state !== 'running' || stalledSinceMs === null) return {}
  return { stalled: stallSince(stalledSinceMs) }
}
