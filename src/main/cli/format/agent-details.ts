import type { AgentId, AgentView, AgentWork, SessionId } from '../../../shared/model/agent.js'
import type { TaskStatus } from '../../../shared/model/task.js'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { Terminal } from '../terminal.js'
import { agentStateText, wakersText } from './agent-state.js'
import { formatAgo, formatComing, formatDateTime } from './duration.js'
import { formatCost, formatNumber as number } from './number.js'
import { waitingText } from './task-status.js'

const LONGEST_DESCRIPTION = 200

/** Of whom the details are. */
export interface AgentRef {
  readonly sessionId: SessionId
  readonly agentId: AgentId
}

/** A piece of work, and the state of its task where that is still known. */
export interface WorkOutcome {
  readonly work: AgentWork
  readonly task: TaskStatus | null
}

/** Everything about an agent; a row that would say nothing is left out. */
export function agentLines(
  { sessionId, agentId }: AgentRef,
  agent: AgentView,
  terminal: Terminal,
  nowMs: number,
): string[] {
  const line = (text: string) => terminal.foreignLine(text)
  const list = (items: readonly string[] | null) => (items?.length ? line(items.join(', ')) : null)
  const rows: Array<readonly [label: string, text: string | null]> = [
    ['Agent', `${line(agentId)} (session ${line(sessionId)})`],
    ['State', stateText(agent, terminal, nowMs)],
    ['Woken by', wakersOf(agent, terminal)],
    ['Task in hand', agent.current_task === null ? null : taskText(agent, terminal)],
    ['Queue', `${number(agent.queue_size)} waiting`],
    ['Mail', `${number(agent.unread_mail)} not handled`],
    ['Definition', agent.definition === null ? null : line(agent.definition)],
    ['Model', agent.model === null ? null : line(agent.model)],
    ['Tools', agent.tools === null ? 'all' : (list(agent.tools) ?? 'none')],
    ['Limits', list(Object.entries(agent.limits).map(([key, value]) => `${key}=${value}`))],
    ['Subscribed to', list(agent.subscriptions)],
    ['Tasks', endingsText(agent)],
    ['Used', usageText(agent)],
    ['Created', `${formatDateTime(agent.created_at)} (${formatAgo(agent.created_at, nowMs)})`],
  ]
  return [
    ...rows.flatMap(([label, text]) => (text === null ? [] : [`${label}: ${text}`])),
    ...clockLines(agent, terminal, nowMs),
  ]
}

function stateText(agent: AgentView, terminal: Terminal, nowMs: number): string {
  const since = `since ${formatDateTime(agent.state_since)} (${formatAgo(agent.state_since, nowMs)})`
  const why = agent.reason === null ? '' : `: ${terminal.foreignLine(agent.reason)}`
  return `${agentStateText(agent, terminal, nowMs)}, ${since}${why}`
}

/** Of a sleep that is still to come; the state tells of one that is. */
function wakersOf(agent: AgentView, terminal: Terminal): string | null {
  const { wake_events, wake_on_mail, state } = agent
  const isNothing = wake_events.length === 0 && wake_on_mail === null
  if (state === 'sleeping' || isNothing) return null
  return terminal.foreignLine(wakersText(wake_events, wake_on_mail))
}

function taskText({ current_task, waiting_for }: AgentView, terminal: Terminal): string {
  const waits = waiting_for === null ? '' : ` (waits: ${waitingText(waiting_for, terminal)})`
  return `${current_task}${waits}`
}

function endingsText({ tasks }: AgentView): string {
  const { completed, failed, cancelled } = tasks
  return `${number(completed)} completed, ${number(failed)} failed, ${number(cancelled)} cancelled`
}

function usageText({ usage }: AgentView): string {
  const turns = `${number(usage.turns)} ${usage.turns === 1 ? 'answer' : 'answers'} of the model`
  const cost = usage.costUsd === null ? 'cost unknown' : formatCost(usage.costUsd)
  return `${number(usage.tokens)} tokens, ${cost}, ${turns}`
}

function clockLines({ wake }: AgentView, terminal: Terminal, nowMs: number): string[] {
  if (wake.length === 0) return []
  const lines = wake.map(({ cron, timezone, event, next_at }) => {
    const rule = terminal.foreignLine(`${cron} ${timezone}, event ${event}`)
    return `  - ${rule}, ${next_at === null ? 'no next time' : `next ${formatComing(next_at, nowMs)}`}`
  })
  return ['Clocks:', ...lines]
}

/** `Last work:` and a line for each piece, newest first. */
export function workLines(
  outcomes: readonly WorkOutcome[],
  terminal: Terminal,
  nowMs: number,
): string[] {
  if (outcomes.length === 0) return ['It has had no work yet.']
  const lines = outcomes.map(({ work, task }) => {
    const { taskId, description, kind, mailId, createdAt } = work
    const text = truncate(terminal.foreignLine(description), LONGEST_DESCRIPTION)
    const from = kind === 'task' ? [] : [mailId ?? kind]
    const state = work.state === 'ended' ? endText(task) : work.state
    const remark = [...from, state, formatAgo(createdAt, nowMs)].join(', ')
    return `  - ${taskId}: ${text}${terminal.style('dim', ` (${remark})`)}`
  })
  return ['Last work:', ...lines]
}

function endText(task: TaskStatus | null): string {
  if (task === null) return 'ended'
  return task.error ? `${task.state}: ${task.error.code}` : task.state
}
