import type { Budget } from '../../../shared/model/budget.js'

/** What a task, or a task with everything below it, has used up. */
export interface Used {
  readonly tokens: number
  readonly costMicroUsd: number
  /** Of models whose price is not known. */
  readonly unpricedTokens: number
  readonly turns: number
  readonly runningMs: number
}

export const NOTHING_USED: Used = {
  tokens: 0,
  costMicroUsd: 0,
  unpricedTokens: 0,
  turns: 0,
  runningMs: 0,
}

/** Why nothing further may be begun on this budget; null while it may. Pure. */
export function exhausted(budget: Budget, used: Used): string | null {
  const { tokens, costUsd, turns, timeMs } = budget
  if (tokens !== undefined && used.tokens >= tokens) {
    return `${used.tokens} of ${tokens} tokens are used up`
  }
  if (costUsd !== undefined && used.unpricedTokens > 0) {
    return `the price of the model is not known, so that ${costUsd} US dollars cannot be kept: give a budget in tokens`
  }
  if (costUsd !== undefined && used.costMicroUsd >= costUsd * 1e6) {
    return `${(used.costMicroUsd / 1e6).toFixed(4)} of ${costUsd} US dollars are used up`
  }
  if (turns !== undefined && used.turns >= turns) {
    return `${used.turns} of ${turns} turns of the model are used up`
  }
  if (timeMs !== undefined && used.runningMs >= timeMs) {
    return `${used.runningMs / 1000} of ${timeMs / 1000} s of running time are used up`
  }
  return null
}

const UNIT = { tokens: 'tokens', costUsd: 'US dollars', turns: 'turns', timeMs: 'ms' } as const

/**
 * What of a new task's budget its parent cannot give, beside what is used up and what open children were
 * promised; null when it can. Pure.
 */
export function shortfall(
  asked: Budget,
  parent: { readonly budget: Budget; readonly used: Used; readonly promised: readonly Budget[] },
): string | null {
  const used = {
    tokens: parent.used.tokens,
    costUsd: parent.used.costMicroUsd / 1e6,
    turns: parent.used.turns,
    timeMs: parent.used.runningMs,
  }
  for (const name of Object.keys(UNIT) as (keyof typeof UNIT)[]) {
    const limit = parent.budget[name]
    const want = asked[name]
    if (limit === undefined || want === undefined) continue
    const promised = parent.promised.reduce((sum, budget) => sum + (budget[name] ?? 0), 0)
    const left = Math.max(0, limit - used[name] - promised)
    if (want > left) return `${want} ${UNIT[name]} are asked for, and the parent has ${left} left`
  }
  return null
}
