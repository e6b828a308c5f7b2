import type { z } from 'zod'
import { Budget } from '../../../../shared/model/budget.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { Used } from '../../budgets/budget.js'
import type { ReadDb } from '../database.js'
import { json } from '../rows.js'
import { statement } from '../statement.js'

const StoredBudget = json(Budget).nullable().catch(null)

export interface BudgetHolder {
  readonly id: TaskId
  readonly budget: Budget
}

/** The task and those above it that have a budget, from below. One that cannot be read holds none. */
export function selectBudgetHolders(db: ReadDb, id: TaskId): BudgetHolder[] {
  const rows = statement(
    db,
    `WITH RECURSIVE above (id, parent_id, budget, depth) AS (
       SELECT id, parent_id, budget, 0 FROM tasks WHERE id = ?
       UNION ALL
       SELECT tasks.id, tasks.parent_id, tasks.budget, depth + 1
       FROM above CROSS JOIN tasks ON tasks.id = above.parent_id WHERE depth < 100)
     SELECT id, budget FROM above WHERE budget IS NOT NULL ORDER BY depth`,
  ).all(id) as { readonly id: TaskId; readonly budget: string }[]
  return rows.flatMap((row) => {
    const budget: z.output<typeof StoredBudget> = StoredBudget.parse(row.budget)
    return budget === null ? [] : [{ id: row.id, budget }]
  })
}

/** A task and everything below it; its one parameter is the id. */
export const BELOW = `WITH RECURSIVE below (id) AS (
   SELECT ? UNION ALL
   SELECT tasks.id FROM below CROSS JOIN tasks INDEXED BY tasks_by_parent ON tasks.parent_id = below.id)`

/** What a task and everything below it have used up. */
export function selectUsed(db: ReadDb, id: TaskId): Used {
  return statement(
    db,
    `${BELOW} SELECT coalesce(sum(tokens_used), 0) AS tokens,
       coalesce(sum(cost_micro_usd), 0) AS costMicroUsd,
       coalesce(sum(unpriced_tokens), 0) AS unpricedTokens, coalesce(sum(turns), 0) AS turns,
       coalesce(sum(running_ms), 0) AS runningMs
     FROM below CROSS JOIN tasks ON tasks.id = below.id`,
  ).get(id) as Used
}

/** What is promised to children that have not ended: their budgets, less what they have used of them. */
export function selectPromised(db: ReadDb, id: TaskId): Budget[] {
  const rows = statement(
    db,
    `SELECT budget, tokens_used AS tokens, cost_micro_usd AS cost, turns, running_ms AS runningMs
     FROM tasks INDEXED BY tasks_by_parent
     WHERE parent_id = ? AND budget IS NOT NULL AND state IN ('pending', 'running')`,
  ).all(id) as {
    readonly budget: string
    readonly tokens: number
    readonly cost: number
    readonly turns: number
    readonly runningMs: number
  }[]
  return rows.flatMap(({ budget, tokens, cost, turns, runningMs }) => {
    const parsed: z.output<typeof StoredBudget> = StoredBudget.parse(budget)
    if (parsed === null) return []
    const used = { tokens, costUsd: cost / 1e6, turns, timeMs: runningMs }
    const rest = Object.entries(parsed).map(([name, limit]) => [
      name,
      Math.max(0, (limit ?? 0) - used[name as keyof typeof used]),
    ])
    return [Object.fromEntries(rest) as Budget]
  })
}

/** Everything below a task that has not ended. */
export function selectOpenBelow(db: ReadDb, id: TaskId): TaskId[] {
  return statement(
    db,
    `${BELOW} SELECT tasks.id FROM below CROSS JOIN tasks ON tasks.id = below.id
     WHERE tasks.id <> ? AND tasks.state IN ('pending', 'running')`,
  )
    .pluck()
    .all(id, id) as TaskId[]
}
