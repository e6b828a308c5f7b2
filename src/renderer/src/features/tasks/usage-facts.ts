import type { TaskView } from '../../../../shared/model/task.js'
import { formatDuration, formatPercent } from '../../ui/format.js'

const MIB = 1024 * 1024

type Fact = readonly [name: string, value: string]
type Used = Pick<TaskView, 'usage' | 'budget'>

const NOTHING = { turns: 0, tokens: 0, costUsd: 0 }

/**
 * What a task has used up, beside what it may; and the most that its processes took of the machine. A
 * budget is told from the start, what has none only once there is something to tell.
 */
export function usageFacts({ usage = NOTHING, budget, peak }: TaskView): Fact[] {
  const facts: Fact[] = []
  if (usage.turns > 0 || budget?.turns !== undefined) {
    facts.push(['Turns', ofBudget(String(usage.turns), budget?.turns)])
  }
  if (usage.turns > 0 || budget?.tokens !== undefined) {
    facts.push(['Tokens', ofBudget(String(usage.tokens), budget?.tokens)])
  }
  facts.push(...costFacts({ usage, budget }))
  if (budget?.timeMs !== undefined) facts.push(['Time', `at most ${timeText(budget.timeMs)}`])
  if (peak !== undefined) {
    facts.push(['Peak memory', `${Math.max(1, Math.round(peak.memoryBytes / MIB))} MB`])
    if (peak.cpuPercent !== null) facts.push(['Peak CPU', formatPercent(peak.cpuPercent)])
  }
  return facts
}

function costFacts({ usage = NOTHING, budget }: Used): Fact[] {
  const limit = budget?.costUsd === undefined ? undefined : dollars(budget.costUsd)
  if (usage.costUsd !== null) {
    const told = usage.costUsd > 0 || limit !== undefined
    return told ? [['Cost', ofBudget(dollars(usage.costUsd), limit)]] : []
  }
  return [['Cost', limit === undefined ? 'price not known' : `price not known, budget ${limit}`]]
}

function ofBudget(used: string, limit: number | string | undefined): string {
  return limit === undefined ? used : `${used} of ${limit}`
}

/** Cents, and as many digits more as small sums need. */
export function dollars(sum: number): string {
  const digits = sum < 0.01 ? 6 : 4
  return `$${sum.toFixed(digits).replace(/(\.\d\d\d*?)0+$/, '$1')}`
}

function timeText(ms: number): string {
  return ms < 1000 ? `${ms}ms` : formatDuration(ms)
}
