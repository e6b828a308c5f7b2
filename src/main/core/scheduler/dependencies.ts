import type { TaskId } from '../../../shared/model/ids.js'
import { isTerminal, type TaskError } from '../../../shared/model/task.js'
import type { Transaction } from '../events/event-log.js'
import {
  insertDependency,
  selectDependencies,
  selectWaitingDependents,
} from '../store/queries/dependencies.js'
import { parkTask } from '../store/queries/task-states.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { type FirstWait, firstWait } from './first-wait.js'
import { about } from './task-events.js'
import { cancelWaiting, type EndedHook, readOrFail } from './task-lifecycle.js'

/** Notes what a new task depends on. */
export function linkDependencies(
  { db }: Transaction,
  taskId: TaskId,
  dependencies: readonly TaskId[],
): void {
  for (const id of dependencies) insertDependency(db, taskId, id)
}

/** Tasks that a task still waits for. */
export function openDependencies({ db }: Pick<Transaction, 'db'>, taskId: TaskId): TaskId[] {
  return selectDependencies(db, taskId)
    .filter(({ state }) => !isTerminal(state))
    .map(({ id }) => id)
}

/**
 * The hooks of an end, and after them what it means for whoever waited: those that depended on success
 * end as well, the others go on. In the same commit, however long the chain is.
 */
export function withDependents(hooks: readonly EndedHook[]): readonly EndedHook[] {
  return [
    ...hooks,
    (transaction, task) => {
      if (!task.hasDependents) return
      const ended: TaskId[] = [task.id]
      for (let id = ended.shift(); id !== undefined; id = ended.shift()) {
        for (const dependentId of selectWaitingDependents(transaction.db, id)) {
          const dependent = readOrFail(transaction, dependentId, hooks)
          if (dependent === undefined || settleDependent(transaction, dependent, hooks)) {
            ended.push(dependentId)
          }
        }
      }
    },
  ]
}

/** True when the task could not go on without a dependency that failed, and was ended. */
export function settleDependent(
  transaction: Transaction,
  task: TaskRecord,
  hooks: readonly EndedHook[],
): boolean {
  if (task.ownWait !== 'dependency') return false
  const dependencies = selectDependencies(transaction.db, task.id)
  const failed = dependencies.find(({ state }) => state === 'failed' || state === 'cancelled')
  if (failed !== undefined && task.onDependencyFailure === 'cancel') {
    const error: TaskError = {
      code: 'dependency_failed',
      message: `task ${failed.id}, which this one depends on, has ${failed.state === 'failed' ? 'failed' : 'been cancelled'}`,
    }
    cancelWaiting(transaction, task, error, hooks)
    return true
  }
  const open = dependencies.filter(({ state }) => !isTerminal(state)).map(({ id }) => id)
  waitFurther(transaction, task, firstWait(open, task.runAtMs, transaction.at))
  return false
}

/** Notes what still holds back a task that has not begun its next run. */
export function waitFurther(transaction: Transaction, task: TaskRecord, wait: FirstWait): void {
  const { db, at } = transaction
  parkTask(db, task.id, {
    reason: wait.reason,
    detail: wait.detail,
    notBeforeMs: wait.notBeforeMs,
    sinceMs: at,
    rank: task.rank,
    attemptOpen: task.attemptOpen,
    interruptions: task.interruptions,
    runningMs: task.runningMs,
    attemptMs: task.attemptMs,
    peak: null,
  })
  const waitingFor = {
    reason: wait.reason ?? ('starting' as const),
    detail: wait.detail ?? 'Its dependencies are done; starts as soon as there is room.',
    since: at,
    ...(wait.blockedBy.length === 0 ? {} : { blockedBy: [...wait.blockedBy] }),
  }
  transaction.emit('task.waiting', { ...about(task), waitingFor })
}
