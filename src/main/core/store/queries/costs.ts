import type { TaskId } from '../../../../shared/model/ids.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import { BELOW } from './task-tree.js'

export interface SpentRow {
  readonly tasks: number
  readonly tokens: number
  readonly costMicroUsd: number
  readonly unpricedTokens: number
  readonly turns: number
}

export interface SpentByDayAndAgent extends SpentRow {
  /** Days since 1970-01-01, UTC. */
  readonly day: number
  /** Empty for tasks that no agent does. */
  readonly agent: string
}

const SUMS = `count(*) AS tasks, coalesce(sum(tokens_used), 0) AS tokens,
  coalesce(sum(cost_micro_usd), 0) AS costMicroUsd,
  coalesce(sum(unpriced_tokens), 0) AS unpricedTokens, coalesce(sum(turns), 0) AS turns`

/** Of the tasks submitted since; read from the index alone, as tasks carry long texts. */
export const SPENT_SINCE = `SELECT created_at_ms / 86400000 AS day, agent_type AS agent, ${SUMS}
  FROM tasks INDEXED BY tasks_by_creation WHERE created_at_ms >= ? GROUP BY 1, 2`

export function selectSpentSince(db: ReadDb, sinceMs: number): SpentByDayAndAgent[] {
  return statement(db, SPENT_SINCE).all(sinceMs) as SpentByDayAndAgent[]
}

export function selectSpentBy(db: ReadDb, id: TaskId): SpentRow {
  return statement(db, `SELECT ${SUMS} FROM tasks WHERE id = ?`).get(id) as SpentRow
}

/** Of the task and everything below it. */
export function selectSpentByTree(db: ReadDb, id: TaskId): SpentRow {
  return statement(
    db,
    `${BELOW} SELECT ${SUMS} FROM below CROSS JOIN tasks ON tasks.id = below.id`,
  ).get(id) as SpentRow
}
