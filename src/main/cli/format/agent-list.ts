import type { AgentView, SessionId } from '../../../shared/model/agent.js'
import { sessionFlag } from '../agent-name.js'
import type { Terminal } from '../terminal.js'
import { agentStateText } from './agent-state.js'
import { formatCost, formatNumber } from './number.js'
import { type Column, tableLines } from './table.js'

/** Agents by name. */
export type Agents = Readonly<Record<string, AgentView>>

const COLUMNS: readonly Column[] = [
  { title: 'NAME' },
  { title: 'STATE', gives: true },
  { title: 'TASK' },
  { title: 'QUEUE', isNumber: true },
  { title: 'MAIL', isNumber: true },
  { title: 'TOKENS', isNumber: true },
  { title: 'COST', isNumber: true },
]

/** `Agents of session default (2):` and a table of them; how to make one where there is none. */
export function agentListLines(
  sessionId: SessionId,
  agents: Agents,
  terminal: Terminal,
  nowMs: number,
): string[] {
  const session = terminal.foreignLine(sessionId)
  const names = Object.keys(agents).sort()
  if (names.length === 0) {
    return [
      `There are no agents in session ${session}. Create one: smart-agents agents create writer${sessionFlag(sessionId)}`,
    ]
  }
  const rows = names.flatMap((name) => {
    const agent = agents[name]
    return agent === undefined ? [] : [rowOf(name, agent, terminal, nowMs)]
  })
  const heading = terminal.style('bold', `Agents of session ${session} (${names.length}):`)
  return [heading, ...tableLines(COLUMNS, rows, terminal)]
}

function rowOf(name: string, agent: AgentView, terminal: Terminal, nowMs: number): string[] {
  const { current_task, queue_size, unread_mail, usage } = agent
  return [
    terminal.foreignLine(name),
    agentStateText(agent, terminal, nowMs),
    current_task ?? '-',
    formatNumber(queue_size),
    formatNumber(unread_mail),
    formatNumber(usage.tokens),
    formatCost(usage.costUsd),
  ]
}
