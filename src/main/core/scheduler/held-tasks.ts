import type { TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Ids } from '../ports.js'
import { insertTask, selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { newRecord, newTask } from './new-task.js'
import { about } from './task-events.js'
import { cancelWaiting, type EndedHook, holdBack, wakeUp } from './task-lifecycle.js'
import type { SetAside } from './task-run.js'
import { viewOf } from './task-view.js'

/** Why a task does not begin although nothing in the queue is in its way. */
export interface Held {
  readonly reason: 'paused' | 'limit'
  readonly detail: string
}

export interface HeldTasksOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly hooks: readonly EndedHook[]
  readonly wake: () => void
  readonly giveWay: (id: TaskId, why: SetAside | null) => void
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
    why: Held | null,
  ): TaskRecord {
    const { db, at, emit } = transaction
    const id = this.#options.ids.next('task') as TaskId
    const detail = why?.detail ?? null
    const wait = { reason: null, detail, notBeforeMs: null, blockedBy: [] }
    const row = {
      ...newTask(id, { ...submission, contentHash: null }, wait, at),
      ownWait: why?.reason ?? null,
    }
    const task = newRecord(row, insertTask(db, row))
    const starting = { reason: 'starting', detail: 'Starts as soon as there is room.' } as const
    const waitingFor = { ...(why ?? starting), since: at }
    if (why === null) transaction.afterCommit(this.#options.wake)
    emit('task.created', { ...about(task), task: viewOf(task, { waitingFor, estimate: null }) })
    return task
  }

  get(transaction: Pick<Transaction, 'db' | 'at'>, id: TaskId): TaskRecord | undefined {
    return selectTask(transaction.db, id, transaction.at)
  }

  /** From now on only queue-wide reasons hold it back, and an instant that it was to rest until. */
  release(transaction: Transaction, id: TaskId): void {
    const task = this.get(transaction, id)
    if (task?.state !== 'pending') return
    const isHeld = task.ownWait === 'paused' || task.ownWait === 'limit'
    if (isHeld && task.notBeforeMs !== null && task.notBeforeMs > transaction.at) {
      const until = new Date(task.notBeforeMs).toISOString()
      holdBack(transaction, task, { reason: 'backoff', detail: `Rests until ${until}.` })
    } else wakeUp(transaction, task)
    transaction.afterCommit(this.#options.wake)
  }

  /** Holds a pending task back; one that runs is left alone. */
  hold(transaction: Transaction, id: TaskId, why: Held): void {
    const task = this.get(transaction, id)
    if (task?.state !== 'pending') return
    if (task.ownWait === why.reason && task.waitDetail === why.detail) return
    holdBack(transaction, task, why)
  }

  /** Ends one that does not run. */
  cancel(transaction: Transaction, id: TaskId, message: string): void {
    const task = this.get(transaction, id)
    if (task === undefined || isTerminal(task.state)) return
    cancelWaiting(transaction, task, { code: 'cancelled', message }, this.#options.hooks)
  }

  /** Asks one that runs to leave off at the end of its step; null takes that back, while it has not happened. */
  giveWay(id: TaskId, why: SetAside | null): void {
    this.#options.giveWay(id, why)
  }

  /** Ends the step of one that runs; resolves when its processes are dead. */
  setAside(id: TaskId, why: SetAside): Promise<void> {
    return this.#options.setAside(id, why)
  }
}
