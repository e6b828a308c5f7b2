import type { TaskId } from '../../../shared/model/ids.js'
import type { Transaction } from '../events/event-log.js'
import type { WriteDb } from '../store/database.js'
import { selectOpenChildren, selectOutsideWaiters } from '../store/queries/outside-waits.js'
import { selectTask } from '../store/queries/tasks.js'
import type { EndedHook, Park, RunFollower } from './task-lifecycle.js'
import { wakeUp } from './task-lifecycle.js'

/** Waits that end by a fact which no timer of the queue knows. */
export const OUTSIDE_REASONS = ['answer', 'approval', 'children'] as const
export type OutsideReason = (typeof OUTSIDE_REASONS)[number]

export interface OutsideWaitsOptions {
  /** Whether a task still has a reason to wait; of `children` the queue knows by itself. */
  readonly isOpen: Readonly<Record<Exclude<OutsideReason, 'children'>, IsOpen>>
  /** Lets a task go on whose turn an agent decides; false for any other task. */
  readonly releaseWork: (transaction: Transaction, id: TaskId, reason: OutsideReason) => boolean
  readonly wake: () => void
}

type IsOpen = (db: WriteDb, id: TaskId) => boolean

/**
 * Ends the waits of tasks for an answer, an approval or their children. The fact may come while the task runs,
 * between its decision to wait and the commit in which it waits, or while no host lives: so it is looked at
 * when it comes, when a task begins to wait, and at the start.
 */
export class OutsideWaits implements RunFollower {
  readonly #options: OutsideWaitsOptions

  constructor(options: OutsideWaitsOptions) {
    this.#options = options
  }

  /** Something has happened that the task may wait for. */
  look(transaction: Transaction, id: TaskId): void {
    const { db, at } = transaction
    const task = selectTask(db, id, at)
    const reason = OUTSIDE_REASONS.find((known) => known === task?.ownWait)
    if (task?.state !== 'pending' || reason === undefined) return
    if (this.#isOpen(db, id, reason)) return
    if (!this.#options.releaseWork(transaction, id, reason)) wakeUp(transaction, task)
    transaction.afterCommit(this.#options.wake)
  }

  /** Tasks whose wait ended while nobody looked. */
  mend(transaction: Transaction): void {
    for (const id of selectOutsideWaiters(transaction.db)) this.look(transaction, id)
  }

  began(): void {
    // It waits for nothing while it runs.
  }

  parked(transaction: Transaction, task: { readonly id: TaskId }, park: Park): void {
    if (OUTSIDE_REASONS.some((reason) => reason === park.reason)) this.look(transaction, task.id)
  }

  reopened(): void {
    // Its old waits ended with it.
  }

  readonly ended: EndedHook = (transaction, task) => {
    if (task.parentId !== null) this.look(transaction, task.parentId)
  }

  #isOpen(db: WriteDb, id: TaskId, reason: OutsideReason): boolean {
    if (reason === 'children') return selectOpenChildren(db, id) > 0
    return this.#options.isOpen[reason](db, id)
  }
}

/** Several that follow a task, one after another. */
export function followedBy(...followers: readonly RunFollower[]): RunFollower {
  return {
    began: (tx, task) => {
      for (const follower of followers) follower.began(tx, task)
    },
    parked: (tx, task, park) => {
      for (const follower of followers) follower.parked(tx, task, park)
    },
    reopened: (tx, task) => {
      for (const follower of followers) follower.reopened(tx, task)
    },
  }
}
