import type { ReactNode } from 'react'
import type { AgentLimits, AgentView } from '../../../../shared/model/agent.js'
import { type Text, useText } from '../../text/text.js'
import {
  formatDollars,
  formatDuration,
  formatMegabytes,
  formatMoment,
  formatNumber,
} from '../../ui/format.js'
import { useNow } from '../../ui/time.js'
import type { AgentProps } from './agent-detail.js'
import { nameOf, sleepText, usageText } from './agent-text.js'

/** What an agent is made of, and what holds for it. */
export function AgentFacts({ agent }: AgentProps) {
  const text = useText()
  const now = useNow()
  const { facts, create, usualModel } = text.agentDetail
  const { completed, failed, cancelled } = agent.tasks
  const ended = [
    text.agents.done(completed),
    text.agents.failed(failed),
    text.agents.cancelled(cancelled),
  ]
  const told: ReadonlyArray<readonly [string, ReactNode]> = [
    [facts.since, formatMoment(agent.state_since, now)],
    [facts.made, formatMoment(agent.created_at, now)],
    [facts.waitsFor, waitText(agent, text)],
    [facts.wakes, hasSleep(agent) ? sleepText(agent, now, text) : null],
    [facts.queue, formatNumber(agent.queue_size)],
    [facts.unread, formatNumber(agent.unread_mail)],
    [facts.tasks, ended.join(' · ')],
    [facts.used, usageText(agent, text) ?? facts.nothingUsed],
    [create.definition, agent.definition ?? create.noDefinition],
    [create.model, agent.model ?? usualModel],
    [
      create.tools,
      agent.tools === null ? create.allTools : agent.tools.join(', ') || facts.noTools,
    ],
    [facts.subscribed, agent.subscriptions.join(', ') || facts.noEvents],
    [facts.limits, <Lines key="limits" of={limitsOf(agent.limits, text)} or={facts.usualLimits} />],
    [facts.clocks, <Lines key="clocks" of={clocksOf(agent, now, text)} or={facts.noClocks} />],
  ]
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-4 py-3">
      {told
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="figures break-words">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

interface LinesProps {
  readonly of: readonly ReactNode[]
  /** What is said where there are none. */
  readonly or: string
}

function Lines({ of: lines, or }: LinesProps) {
  if (lines.length === 0) return or
  return (
    <ul>
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
}

function clocksOf({ wake }: AgentView, now: number, text: Text): ReactNode[] {
  const { facts } = text.agentDetail
  return wake.map(({ cron, timezone, event, next_at }) => {
    const clock = facts.clock(timezone, event)
    return (
      <>
        <code className="font-mono text-xs">{cron}</code>{' '}
        {next_at === null ? clock : facts.clockNext(clock, formatMoment(next_at, now))}
      </>
    )
  })
}

function waitText({ waiting_for, waiting_for_agent }: AgentView, text: Text): string | null {
  if (waiting_for_agent === null) return waiting_for?.detail ?? null
  return text.agentDetail.facts.answerOf(nameOf(waiting_for_agent, 'from', text))
}

function hasSleep({ state, wake_events, wake_on_mail }: AgentView): boolean {
  return state === 'sleeping' || wake_events.length > 0 || wake_on_mail !== null
}

const WRITTEN: { readonly [L in keyof Required<AgentLimits>]: (limit: number) => string } = {
  maxTurns: formatNumber,
  maxQueue: formatNumber,
  maxInbox: formatNumber,
  contextCharacters: formatNumber,
  timeoutSeconds: (limit) => formatDuration(limit * 1000),
  memoryBytes: formatMegabytes,
  tokens: formatNumber,
  costUsd: formatDollars,
}

function limitsOf(limits: AgentLimits, text: Text): string[] {
  const names = Object.keys(WRITTEN) as (keyof typeof WRITTEN)[]
  return names.flatMap((name) => {
    const limit = limits[name]
    return limit === undefined ? [] : [text.agentDetail.limits[name](limit, WRITTEN[name](limit))]
  })
}
