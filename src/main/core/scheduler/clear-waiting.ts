import type { EventLog } from '../events/event-log.js'
import { selectClearable } from '../store/queries/tasks.js'
import { cancelWaiting, type EndedHook, readOrFail } from './task-lifecycle.js'

/** Cancels every pending task, save recurring ones that wait for their instant; answers how many. */
export function clearWaiting(log: EventLog, hooks: readonly EndedHook[]): number {
  const error = { code: 'cancelled', message: 'the queue was cleared' } as const
  return log.transaction((transaction) => {
    let cancelled = 0
    for (const id of selectClearable(transaction.db)) {
      // One that has ended meanwhile as the dependent of another is counted with the rest.
      const task = readOrFail(transaction, id, hooks)
      if (task === undefined) continue
      cancelWaiting(transaction, task, error, hooks)
      cancelled += 1
    }
    return cancelled
  })
}
