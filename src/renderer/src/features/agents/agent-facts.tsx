import type { AgentLimits, AgentView } from '../../../../shared/model/agent.js'
import { formatDuration, formatMoment } from '../../ui/format.js'
import { useNow } from '../../ui/time.js'
import type { AgentProps } from './agent-detail.js'
import { nameOf, sleepText, usageText } from './agent-text.js'

/** What an agent is made of, and what holds for it. */
export function AgentFacts({ agent }: AgentProps) {
  const now = useNow()
  const { tasks } = agent
  const facts: ReadonlyArray<readonly [string, string | null]> = [
    ['State since', formatMoment(agent.state_since, now)],
    ['Made', formatMoment(agent.created_at, now)],
    ['Waits for', waitText(agent)],
    ['Wakes', hasSleep(agent) ? sleepText(agent, now) : null],
    ['Queue', String(agent.queue_size)],
    ['Unread mail', String(agent.unread_mail)],
    ['Tasks', `${tasks.completed} done, ${tasks.failed} failed, ${tasks.cancelled} cancelled`],
    ['Used', usageText(agent) ?? 'Nothing yet'],
    ['Definition', agent.definition ?? 'None'],
    ['Model', agent.model ?? 'The one of the settings'],
    ['Tools', agent.tools === null ? 'All' : agent.tools.join(', ') || 'None'],
    ['Subscribed to', agent.subscriptions.join(', ') || 'No events'],
    ['Limits', limitsText(agent.limits)],
  ]
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-4 py-3">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="figures break-words">{value}</dd>
          </div>
        ))}
      <dt className="text-muted">Clocks</dt>
      <dd className="figures break-words">
        <Clocks agent={agent} now={now} />
      </dd>
    </dl>
  )
}

function Clocks({ agent, now }: { readonly agent: AgentView; readonly now: number }) {
  if (agent.wake.length === 0) return 'None'
  return (
    <ul>
      {agent.wake.map(({ cron, timezone, event, next_at }, index) => (
        <li key={index}>
          <code className="font-mono text-xs">{cron}</code> {timezone}: {event}
          {next_at !== null && `, next ${formatMoment(next_at, now)}`}
        </li>
      ))}
    </ul>
  )
}

function waitText({ waiting_for, waiting_for_agent }: AgentView): string | null {
  if (waiting_for_agent !== null) return `An answer of ${nameOf(waiting_for_agent)}`
  return waiting_for?.detail ?? null
}

function hasSleep({ state, wake_events, wake_on_mail }: AgentView): boolean {
  return state === 'sleeping' || wake_events.length > 0 || wake_on_mail !== null
}

const LIMITS: { readonly [L in keyof Required<AgentLimits>]: (limit: number) => string } = {
  maxTurns: (limit) => `${limit} answers of the model for a task`,
  maxQueue: (limit) => `${limit} tasks in its queue`,
  maxInbox: (limit) => `${limit} mails in its inbox`,
  contextCharacters: (limit) => `${limit.toLocaleString()} characters of memory`,
  timeoutSeconds: (limit) => `${formatDuration(limit * 1000)} for a task`,
  memoryBytes: (limit) => `${Math.round(limit / 1024 ** 2)} MB for the processes of a task`,
  tokens: (limit) => `${limit.toLocaleString()} tokens for a task`,
  costUsd: (limit) => `$${limit} for a task`,
}

function limitsText(limits: AgentLimits): string {
  const names = Object.keys(LIMITS) as (keyof typeof LIMITS)[]
  const texts = names.flatMap((name) => {
    const limit = limits[name]
    return limit === undefined ? [] : [LIMITS[name](limit)]
  })
  return texts.length === 0 ? 'The usual ones' : texts.join('; ')
}
