import type { TaskView } from '../../../../shared/model/task.js'
import { currentText } from '../../text/text.js'
import {
  formatDollars,
  formatDuration,
  formatMegabytes,
  formatMilliseconds,
  formatNumber,
  formatPercent,
} from '../../ui/format.js'

const MIB = 1024 * 1024

type Fact = readonly [name: string, value: string]
type Used = Pick<TaskView, 'usage' | 'budget'>

const NOTHING = { turns: 0, tokens: 0, costUsd: 0 }

/**
 * What a task has used up, beside what it may; and the most that its processes took of the machine. A
 * budget is told from the start, what has none only once there is something to tell.
 */
export function usageFacts({ usage = NOTHING, budget, peak }: TaskView): Fact[] {
  const text = currentText().tasks.facts
  const facts: Fact[] = []
  if (usage.turns > 0 || budget?.turns !== undefined) {
    facts.push([text.turns, countOf(usage.turns, budget?.turns)])
  }
  if (usage.turns > 0 || budget?.tokens !== undefined) {
    facts.push([text.tokens, countOf(usage.tokens, budget?.tokens)])
  }
  facts.push(...costFacts({ usage, budget }))
  if (budget?.timeMs !== undefined) facts.push([text.time, text.atMost(timeText(budget.timeMs))])
  if (peak !== undefined) {
    facts.push([text.peakMemory, formatMegabytes(Math.max(MIB, peak.memoryBytes))])
    if (peak.cpuPercent !== null) facts.push([text.peakCpu, formatPercent(peak.cpuPercent)])
  }
  return facts
}

function costFacts({ usage = NOTHING, budget }: Used): Fact[] {
  const text = currentText().tasks.facts
  const limit = budget?.costUsd === undefined ? undefined : formatDollars(budget.costUsd)
  if (usage.costUsd !== null) {
    const told = usage.costUsd > 0 || limit !== undefined
    return told ? [[text.cost, ofBudget(formatDollars(usage.costUsd), limit)]] : []
  }
  return [[text.cost, limit === undefined ? text.noPrice : text.noPriceOf(limit)]]
}

function countOf(used: number, limit: number | undefined): string {
  return ofBudget(formatNumber(used), limit === undefined ? undefined : formatNumber(limit))
}

function ofBudget(used: string, limit: string | undefined): string {
  return limit === undefined ? used : currentText().tasks.facts.of(used, limit)
}

function timeText(ms: number): string {
  return ms < 1000 ? formatMilliseconds(ms) : formatDuration(ms)
}
