import { type AgentView, USER } from '../../../../shared/model/agent.js'
import type { Move } from '../../stores/agents.js'
import type { Text } from '../../text/text.js'
import {
  anyOf,
  formatDollars,
  formatDuration,
  formatMoment,
  formatNumber,
} from '../../ui/format.js'

/** The state in a word or two; one that was never started takes no work, though it is idle. */
export function stateText(
  { state, started }: Pick<AgentView, 'state' | 'started'>,
  { agents }: Text,
): string {
  return state === 'idle' && !started ? agents.notStarted : agents.states[state]
}

/** What an agent does now, or why it does nothing. `task` is the text of the task in hand. */
export function doingText(agent: AgentView, task: string | null, now: number, text: Text): string {
  const { doing } = text.agents
  switch (agent.state) {
    case 'active':
      return task ?? doing.task
    case 'idle':
      return idleText(agent, task, text)
    case 'sleeping':
      return sleepText(agent, now, text)
    case 'paused':
      return task === null ? doing.untilResumed : doing.holdsBack(task)
    case 'stopped':
      return doing.untilStarted
  }
}

function idleText(
  { started, waiting_for, waiting_for_agent }: AgentView,
  task: string | null,
  text: Text,
): string {
  const { doing } = text.agents
  if (waiting_for_agent !== null) {
    return doing.waitsForAnswer(nameOf(waiting_for_agent, 'from', text))
  }
  if (waiting_for !== null) return waiting_for.detail
  if (task !== null) return task
  return started ? doing.waitsForWork : doing.untilStarted
}

/** Until when and for what it sleeps. */
export function sleepText(
  {
    sleeping_until,
    wake_events,
    wake_on_mail,
  }: Pick<AgentView, 'sleeping_until' | 'wake_events' | 'wake_on_mail'>,
  now: number,
  { agents: { sleep } }: Text,
): string {
  const ends = [
    sleeping_until === null ? null : untilText(sleeping_until, now, sleep),
    wake_events.length === 0 ? null : sleep.untilEvent(anyOf(wake_events)),
    wake_on_mail === null ? null : sleep.untilMail(sleep.mail[wake_on_mail]),
  ].filter((end) => end !== null)
  return ends.length === 0 ? sleep.untilWoken : sleep.sleeps(ends)
}

function untilText(at: number, now: number, sleep: Text['agents']['sleep']): string {
  const moment = formatMoment(at, now)
  return at > now ? sleep.untilIn(moment, formatDuration(at - now)) : sleep.until(moment)
}

/** What it will do when the step or the task in hand has ended; null when nothing was asked for. */
export function nextText(
  { pausing, will_sleep }: AgentView,
  { agents: { doing } }: Text,
): string | null {
  if (pausing) return doing.pausesNext
  return will_sleep ? doing.sleepsNext : null
}

/** `3 turns · 1,200 tokens · $0.02`; null for one that has used nothing. */
export function usageText({ usage }: Pick<AgentView, 'usage'>, text: Text): string | null {
  const { turns, tokens, costUsd } = usage
  if (turns === 0 && tokens === 0) return null
  const { agents, costs } = text
  const cost = costUsd === null ? agents.noPrice : costUsd > 0 ? formatDollars(costUsd) : null
  return [
    agents.turns(turns, formatNumber(turns)),
    tokens > 0 && costs.tokens(tokens, formatNumber(tokens)),
    cost,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** `Made`, `Started`, `Idle → Active`. */
export function moveText({ name, from, state }: Move, { agents }: Text): string {
  const { made, started, states } = agents
  if (name === 'agent.created') return made
  if (name === 'agent.started' && from === state) return started
  return from === null ? states[state] : `${states[from]} → ${states[state]}`
}

/** As the host titles the task of a mail. */
const OF_MAIL = /^Mail from ([\w.-]+): /

/** A mail is told in the words of the person; anything else as it is. */
export function orderText(description: string, text: Text): string {
  return description.replace(OF_MAIL, (_title, from: string) =>
    text.agents.mailFrom(nameOf(from, 'from', text)),
  )
}

/** Who is meant by an address of mail: the person is spoken to. */
export function nameOf(address: string, as: keyof Text['agents']['you'], { agents }: Text): string {
  return address === USER ? agents.you[as] : address
}
