import type { Budget } from '../../../shared/model/budget.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import type { ReadDb } from '../store/database.js'
import { selectBudgetHolders, selectPromised, selectUsed } from '../store/queries/task-tree.js'
import { selectTask } from '../store/queries/tasks.js'
import { exhausted, shortfall } from './budget.js'

/**
 * Why a task may begin nothing further: its own budget or that of a task above it is used up. Null while it
 * may.
 * @param runningMs how long it has been running since that was stored
 */
export function overBudget(db: ReadDb, id: TaskId, runningMs: number): string | null {
  for (const holder of selectBudgetHolders(db, id)) {
    const used = selectUsed(db, holder.id)
    const reason = exhausted(holder.budget, { ...used, runningMs: used.runningMs + runningMs })
    if (reason === null) continue
    return holder.id === id ? reason : `of the budget of ${holder.id}, ${reason}`
  }
  return null
}

/** Tokens that the tightest budget still allows; infinite without one. */
export function tokensLeft(db: ReadDb, id: TaskId): number {
  return selectBudgetHolders(db, id).reduce((least, { id: holder, budget }) => {
    if (budget.tokens === undefined) return least
    return Math.min(least, budget.tokens - selectUsed(db, holder).tokens)
  }, Number.POSITIVE_INFINITY)
}

/**
 * A new task below another one: that must live, and must be able to give what is asked.
 * @throws AppError `not_found`, `invalid_state`, `limit_exceeded`
 */
export function requireParent(
  { db, at }: Transaction,
  parentId: TaskId,
  asked: Budget | undefined,
): void {
  const parent = selectTask(db, parentId, at)
  if (parent === undefined)
    throw new AppError('not_found', `parentId: there is no task ${parentId}`)
  if (isTerminal(parent.state)) {
    throw new AppError(
      'invalid_state',
      `parentId: task ${parentId} is ${parent.state}: it can have no further children`,
    )
  }
  if (asked === undefined) return
  for (const { id, budget } of selectBudgetHolders(db, parentId)) {
    const short = shortfall(asked, {
      budget,
      used: selectUsed(db, id),
      promised: selectPromised(db, id),
    })
    if (short !== null) throw new AppError('limit_exceeded', `budget: ${short} (task ${id})`)
  }
}
