import type { TaskId } from '../../../shared/model/ids.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import {
  type SpentRow,
  selectSpentBy,
  selectSpentByTree,
  selectSpentSince,
} from '../store/queries/costs.js'

const DAY_MS = 24 * 60 * 60 * 1000
const NOTHING: SpentRow = { tasks: 0, tokens: 0, costMicroUsd: 0, unpricedTokens: 0, turns: 0 }

export interface CostsOptions {
  readonly log: EventLog
  readonly clock: Clock
}

/** What models have cost, by day, by agent and by tree of tasks. Tasks that are no longer kept are not counted. */
export class Costs {
  readonly #options: CostsOptions

  constructor(options: CostsOptions) {
    this.#options = options
  }

  /** Every day of the span, oldest first; agents that called a model, dearest first. */
  summary(days: number): ResultOf<'cost.summary'> {
    const { log, clock } = this.#options
    const today = Math.floor(clock.now() / DAY_MS)
    const first = today - days + 1
    const rows = log.query((db) => selectSpentSince(db, first * DAY_MS))
    const byDay = new Map<number, SpentRow>()
    for (let day = first; day <= today; day++) byDay.set(day, NOTHING)
    const byAgent = new Map<string, SpentRow>()
    let total = NOTHING
    for (const { day, agent, ...spent } of rows) {
      total = sum(total, spent)
      // The clock may have been set back since: a task of tomorrow counts as one of today.
      const known = Math.min(day, today)
      byDay.set(known, sum(byDay.get(known) ?? NOTHING, spent))
      if (spent.turns > 0) byAgent.set(agent, sum(byAgent.get(agent) ?? NOTHING, spent))
    }
    return {
      total: shown(total),
      byDay: [...byDay].map(([day, spent]) => ({ day: dayName(day), ...shown(spent) })),
      byAgent: [...byAgent]
        .toSorted(([a, one], [b, other]) => dearestFirst(one, other) || (a < b ? -1 : 1))
        .map(([agent, spent]) => ({ agent, ...shown(spent) })),
    }
  }

  /** @throws AppError `not_found` */
  tree(id: TaskId): ResultOf<'cost.tree'> {
    const { own, total } = this.#options.log.query((db) => ({
      own: selectSpentBy(db, id),
      total: selectSpentByTree(db, id),
    }))
    if (own.tasks === 0) throw new AppError('not_found', `taskId: there is no task ${id}`)
    const { tasks: _itself, ...ownSpent } = shown(own)
    return { own: ownSpent, below: shown(sum(total, own, -1)), total: shown(total) }
  }
}

/** @param sign -1 takes the other away */
function sum(one: SpentRow, other: SpentRow, sign: 1 | -1 = 1): SpentRow {
  return {
    tasks: one.tasks + sign * other.tasks,
    tokens: one.tokens + sign * other.tokens,
    costMicroUsd: one.costMicroUsd + sign * other.costMicroUsd,
    unpricedTokens: one.unpricedTokens + sign * other.unpricedTokens,
    turns: one.turns + sign * other.turns,
  }
}

function shown({ costMicroUsd, ...rest }: SpentRow) {
  return { ...rest, costUsd: costMicroUsd / 1e6 }
}

function dearestFirst(one: SpentRow, other: SpentRow): number {
  return other.costMicroUsd - one.costMicroUsd || other.tokens - one.tokens
}

function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
