import { type AgentView, USER } from '../../../shared/model/agent.js'
import type { MailPriority } from '../../../shared/model/mail.js'
import type { Terminal } from '../terminal.js'
import { formatComing, formatDateTime, formatTimeOfDay } from './duration.js'

/** `sleeping until 14:05`, `active, pausing`, `idle, waits for writer's answer`: in one line. */
export function agentStateText(agent: AgentView, terminal: Terminal, nowMs: number): string {
  const parts = [terminal.foreignLine(ownStateText(agent, nowMs))]
  if (agent.pausing) parts.push('pausing')
  if (agent.will_sleep) parts.push('then sleeps')
  const waiting = waitingForText(agent)
  if (waiting !== null) parts.push(terminal.foreignLine(waiting))
  return parts.join(', ')
}

function ownStateText(agent: AgentView, nowMs: number): string {
  switch (agent.state) {
    case 'idle':
      return agent.started ? 'idle' : 'idle, not started'
    case 'sleeping': {
      const { sleeping_until: until, wake_events, wake_on_mail } = agent
      const wakers = [until === null ? [] : [shortInstant(until, nowMs)], wake_events]
      return `sleeping until ${wakersText(wakers.flat(), wake_on_mail)}`
    }
    default:
      return agent.state
  }
}

function waitingForText({ waiting_for_agent: name, waiting_for }: AgentView): string | null {
  if (name !== null) return name === USER ? 'waits for your answer' : `waits for ${name}'s answer`
  return waiting_for === null ? null : `waits for ${waiting_for.reason}`
}

/** What ends a sleep: `2027-01-15 14:05 (in 2h), build_done or urgent mail`. */
export function sleepText(
  sleep: {
    readonly untilMs: number | null
    readonly events: readonly string[]
    readonly mail: MailPriority | null
  },
  nowMs: number,
): string {
  const times = sleep.untilMs === null ? [] : [formatComing(sleep.untilMs, nowMs)]
  return wakersText([...times, ...sleep.events], sleep.mail)
}

export function wakersText(wakers: readonly string[], mail: MailPriority | null): string {
  const all = mail === null ? [...wakers] : [...wakers, mailText(mail)]
  if (all.length < 2) return all[0] ?? 'it is woken'
  return `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}

function mailText(from: MailPriority): string {
  switch (from) {
    case 'low':
      return 'mail'
    case 'urgent':
      return 'urgent mail'
    default:
      return `mail that is ${from} or more urgent`
  }
}

/** The time of day where that is today. */
function shortInstant(atMs: number, nowMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString()
  return isToday ? formatTimeOfDay(atMs).slice(0, 5) : formatDateTime(atMs)
}
