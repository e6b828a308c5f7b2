import type { TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Ids } from '../ports.js'
import { insertTask, selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { newRecord, newTask } from './new-task.js'
import { about } from './task-events.js'
import { cancelWaiting, type EndedHook, park, wakeUp } from './task-lifecycle.js'
import type { SetAside, TaskRun } from './task-run.js'
import { viewOf } from './task-view.js'

export interface HeldTasksOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly hooks: readonly EndedHook[]
  readonly wake: () => void
  readonly runOf: (id: TaskId) => TaskRun | undefined
  readonly setAside: (id: TaskId, why: SetAside) => Promise<void>
}

/**
 * Tasks whose turn somebody else decides: an agent does its tasks one after another and none while it rests.
 * The scheduler sees such a task when it is released, and treats it like any other from then on.
 */
export class HeldTasks {
  readonly #options: HeldTasksOptions

  constructor(options: HeldTasksOptions) {
    this.#options = options
  }

  /** Stores a task that waits until it is released; without a reason nothing of its own holds it back. */
  add(
    transaction: Transaction,
    submission: { readonly params: TaskSubmitParams; readonly workspace: string },
    why: SetAside,
  ): TaskRecord {
    const { db, at, emit } = transaction
    const id = this.#options.ids.next('task') as TaskId
    const wait = { reason: null, detail: why.detail, notBeforeMs: null, blockedBy: [] }
    const row = {
      ...newTask(id, { ...submission, contentHash: null }, wait, at),
      ownWait: why.reason,
    }
    const task = newRecord(row, insertTask(db, row))
    const waitingFor = { reason: why.reason ?? 'starting', detail: why.detail, since: at } as const
    if (why.reason === null) transaction.afterCommit(this.#options.wake)
    emit('task.created', { ...about(task), task: viewOf(task, { waitingFor, estimate: null }) })
    return task
  }

  get(transaction: Pick<Transaction, 'db' | 'at'>, id: TaskId): TaskRecord | undefined {
    return selectTask(transaction.db, id, transaction.at)
  }

  /** From now on only queue-wide reasons hold it back. */
  release(transaction: Transaction, id: TaskId): void {
    const task = this.get(transaction, id)
    if (task?.state !== 'pending') return
    wakeUp(transaction, task)
    transaction.afterCommit(this.#options.wake)
  }

  /** Holds a pending task back; one that runs is left alone. */
  hold(transaction: Transaction, id: TaskId, why: SetAside): void {
    const task = this.get(transaction, id)
    if (task?.state !== 'pending') return
    if (task.ownWait === why.reason && task.waitDetail === why.detail) return
    const { runningMs, attemptMs, interruptions } = task
    park(transaction, task, {
      ...why,
      untilMs: null,
      runningMs,
      attemptMs,
      interruptions,
      peak: null,
      attemptEnd:
        task.attemptOpen || task.attempt === 0 ? null : { outcome: 'failed', error: null },
    })
  }

  /** Ends one that does not run. */
  cancel(transaction: Transaction, id: TaskId, message: string): void {
    const task = this.get(transaction, id)
    if (task === undefined || isTerminal(task.state)) return
    cancelWaiting(transaction, task, { code: 'cancelled', message }, this.#options.hooks)
  }

  /** Asks one that runs to leave off at the end of its step. */
  giveWay(id: TaskId, why: SetAside): void {
    this.#options.runOf(id)?.giveWay(why)
  }

  /** Takes that back, while it has not happened. */
  goOn(id: TaskId): void {
    this.#options.runOf(id)?.goOn()
  }

  /** Ends the step of one that runs; resolves when its processes are dead. */
  setAside(id: TaskId, why: SetAside): Promise<void> {
    return this.#options.setAside(id, why)
  }
}
