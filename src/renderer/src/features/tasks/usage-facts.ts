import type { TaskView } from '../../../../shared/model/task.js'
import { formatPercent } from '../../ui/format.js'

const MIB = 1024 * 1024

type Fact = readonly [name: string, value: string]

/** What a task has used up, and the most that its processes took of the machine. */
export function usageFacts({ usage, budget, peak }: TaskView): Fact[] {
  const facts: Fact[] = []
  if (usage !== undefined && usage.turns > 0) {
    facts.push(['Turns', ofBudget(String(usage.turns), budget?.turns)])
    facts.push(['Tokens', ofBudget(String(usage.tokens), budget?.tokens)])
    if (usage.costUsd === null) facts.push(['Cost', 'price not known'])
    else if (usage.costUsd > 0) facts.push(['Cost', `$${usage.costUsd.toFixed(4)}`])
  }
  if (peak !== undefined) {
    facts.push(['Peak memory', `${Math.max(1, Math.round(peak.memoryBytes / MIB))} MB`])
    if (peak.cpuPercent !== null) facts.push(['Peak CPU', formatPercent(peak.cpuPercent)])
  }
  return facts
}

function ofBudget(used: string, limit: number | undefined): string {
  return limit === undefined ? used : `${used} of ${limit}`
}
