import { Circle, CircleDashed, CirclePause, CircleStop, Moon } from 'lucide-react'
import type { AgentView } from '../../../../shared/model/agent.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { stateText } from './agent-text.js'

const LOOKS = {
  idle: { icon: Circle, color: 'text-good' },
  active: { icon: null, color: 'text-accent-text' },
  paused: { icon: CirclePause, color: 'text-warn' },
  sleeping: { icon: Moon, color: 'text-muted' },
  stopped: { icon: CircleStop, color: 'text-muted' },
} as const

interface StateBadgeProps {
  readonly agent: Pick<AgentView, 'state' | 'started'>
}

/** The state of an agent, in words and with a mark for the eye. */
export function StateBadge({ agent }: StateBadgeProps) {
  const { icon, color } = LOOKS[agent.state]
  const waits = agent.state === 'idle' && !agent.started
  const Icon = waits ? CircleDashed : icon
  return (
    <span
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-full border bg-surface px-1.5 font-normal text-xs',
        waits ? 'text-muted' : color,
      )}
    >
      {Icon === null ? (
        <span aria-hidden className="busy-dot" />
      ) : (
        <Icon aria-hidden size={11} strokeWidth={2} />
      )}
      {stateText(agent, useText())}
    </span>
  )
}

/** A number that calls for attention, such as mail that waits. */
export function CountBadge({ count, label }: { readonly count: number; readonly label: string }) {
  if (count === 0) return null
  return (
    <span className="figures inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-full bg-accent px-1 font-medium text-[0.6875rem] text-on-accent leading-none">
      {count > 99 ? '99+' : count}
      <span className="sr-only"> {label}</span>
    </span>
  )
}
