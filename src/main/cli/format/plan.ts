import type { Plan, PlanPart, PlanState } from '../../../shared/model/plan.js'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { Terminal } from '../terminal.js'
import { STATE_WORDS } from './task-status.js'

const LONGEST_TITLE = 120

const PLAN_WORDS: Readonly<Record<PlanState, string>> = {
  proposed: 'waits for your approval',
  running: 'runs',
  settled: 'has ended',
  rejected: 'was rejected',
}

/** A line for the plan and some for each part. */
export function planLines({ id, round, state, parts }: Plan, terminal: Terminal): string[] {
  const count = `${parts.length} ${parts.length === 1 ? 'part' : 'parts'}`
  const heading = `Plan ${id}, round ${round}, ${count}: ${PLAN_WORDS[state]}`
  return [terminal.style('bold', heading), ...parts.flatMap((part) => partLines(part, terminal))]
}

function partLines(part: PlanPart, terminal: Terminal): string[] {
  const { key, title, agent, worker, reason, dependsOn, checks, state, taskId } = part
  const plain = (text: string) => truncate(terminal.foreignLine(text), LONGEST_TITLE)
  const where = state === undefined ? '' : `  [${STATE_WORDS[state]}, ${taskId}]`
  const lines = [`  - ${plain(key)}: ${plain(title)}${where}`]
  lines.push(terminal.style('dim', `      ${plain(worker ?? agent)}. ${plain(reason)}`))
  if (dependsOn.length > 0) lines.push(`      After: ${plain(dependsOn.join(', '))}`)
  if (checks.length > 0) lines.push(`      Checks: ${plain(checks.map(nameOf).join('; '))}`)
  return lines
}

function nameOf(check: PlanPart['checks'][number]): string {
  if (check.name !== undefined) return check.name
  if (check.kind === 'command') return check.command
  return check.kind === 'file' ? check.path : 'review'
}
