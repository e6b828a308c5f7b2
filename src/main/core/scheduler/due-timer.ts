import type { TaskError } from '../../../shared/model/task.js'
import type { Transaction } from '../events/event-log.js'
import { onDue } from '../schedules/misfire.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { cancelWaiting, type EndedHook, wakeUp } from './task-lifecycle.js'

/** The timer of a task is due: it goes on, or gives up an instant that passed unseen long ago. */
export function wakeOrGiveUp(
  transaction: Transaction,
  task: TaskRecord,
  hooks: readonly EndedHook[],
): void {
  const { runAtMs, misfire, ownWait } = task
  if (
    ownWait !== 'schedule' ||
    runAtMs === null ||
    onDue(runAtMs, transaction.at, misfire) === 'run'
  ) {
    wakeUp(transaction, task)
    return
  }
  const error: TaskError = {
    code: 'cancelled',
    message: `missed ${new Date(runAtMs).toISOString()}, and was not to run late (misfire: ${misfire.policy})`,
  }
  cancelWaiting(transaction, task, error, hooks)
}
