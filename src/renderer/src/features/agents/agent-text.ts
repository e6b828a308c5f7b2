import type { AgentState, AgentView } from '../../../../shared/model/agent.js'
import type { Move } from '../../stores/agents.js'
import { countOf, formatDuration, formatMoment } from '../../ui/format.js'

export const AGENT_STATES: Readonly<Record<AgentState, string>> = {
  idle: 'Idle',
  active: 'Active',
  paused: 'Paused',
  sleeping: 'Sleeping',
  stopped: 'Stopped',
}

/** The state in a word or two; one that was never started takes no work, though it is idle. */
export function stateText({ state, started }: Pick<AgentView, 'state' | 'started'>): string {
  return state === 'idle' && !started ? 'Not started' : AGENT_STATES[state]
}

/** What an agent does now, or why it does nothing. `task` is the text of the task in hand. */
export function doingText(agent: AgentView, task: string | null, now: number): string {
  switch (agent.state) {
    case 'active':
      return task ?? 'Works on a task'
    case 'idle':
      return idleText(agent, task)
    case 'sleeping':
      return sleepText(agent, now)
    case 'paused':
      return task === null ? 'Takes no work until it is resumed' : `Holds back: ${task}`
    case 'stopped':
      return 'Takes no work until it is started'
  }
}

function idleText({ started, waiting_for, waiting_for_agent }: AgentView, task: string | null) {
  if (waiting_for_agent !== null) return `Waits for an answer of ${nameOf(waiting_for_agent)}`
  if (waiting_for !== null) return waiting_for.detail
  if (task !== null) return task
  return started ? 'Waits for work' : 'Takes no work until it is started'
}

/** Until when and for what it sleeps. */
export function sleepText(
  {
    sleeping_until,
    wake_events,
    wake_on_mail,
  }: Pick<AgentView, 'sleeping_until' | 'wake_events' | 'wake_on_mail'>,
  now: number,
): string {
  const ends = [
    sleeping_until === null ? null : `until ${untilText(sleeping_until, now)}`,
    wake_events.length === 0 ? null : `until ${wake_events.join(' or ')} happens`,
    wake_on_mail === null ? null : `until mail comes (${mailFrom(wake_on_mail)})`,
  ].filter((end) => end !== null)
  return ends.length === 0 ? 'Sleeps until somebody wakes it' : `Sleeps ${ends.join(', or ')}`
}

function untilText(at: number, now: number): string {
  const moment = formatMoment(at, now)
  return at > now ? `${moment}, for ${formatDuration(at - now)}` : moment
}

export function mailFrom(priority: string): string {
  return priority === 'low'
    ? 'any'
    : priority === 'urgent'
      ? 'urgent'
      : `${priority} or more urgent`
}

/** What it will do when the step or the task in hand has ended; null when nothing was asked for. */
export function nextText({ pausing, will_sleep }: AgentView): string | null {
  if (pausing) return 'Pauses when this step has ended'
  return will_sleep ? 'Sleeps when this task has ended' : null
}

/** `3 turns · 1,200 tokens · $0.02`; null for one that has used nothing. */
export function usageText({ usage }: AgentView): string | null {
  const { turns, tokens, costUsd } = usage
  if (turns === 0 && tokens === 0) return null
  const cost = costUsd === null ? 'price not known' : costUsd > 0 ? `$${costUsd.toFixed(2)}` : null
  return [countOf(turns, 'turn'), tokens > 0 && countOf(tokens, 'token'), cost]
    .filter(Boolean)
    .join(' · ')
}

/** `Made`, `Started`, `Idle → Active`. */
export function moveText({ name, from, state }: Move): string {
  if (name === 'agent.created') return 'Made'
  if (name === 'agent.started' && from === state) return 'Started'
  return from === null ? AGENT_STATES[state] : `${AGENT_STATES[from]} → ${AGENT_STATES[state]}`
}

/** A mail of the person is told as yours; anything else as it is. */
export function orderText(description: string): string {
  return description.replace(/^Mail from user: /, `Mail from ${nameOf('user')}: `)
}

/** The person is called so among the agents. */
export function nameOf(address: string): string {
  return address === 'user' ? 'you' : address
}
