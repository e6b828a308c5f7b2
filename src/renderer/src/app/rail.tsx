import { CountBadge } from '../features/agents/state-badge.js'
import { NotificationBell } from '../features/notifications/notification-bell.js'
import { useInbox } from '../stores/inbox.js'
import { useQueue } from '../stores/queue.js'
import { AREAS, type Area, showArea, useView } from '../stores/view.js'
import { useText } from '../text/text.js'
import { cx } from '../ui/class-names.js'
import { Tooltip } from '../ui/tooltip.js'
import { AREA_VIEWS } from './areas.js'
import { useKeys } from './commands/bindings.js'

/** Leads to the areas: at the left edge, or below where the window is narrow. */
export function Rail({ wide }: { readonly wide: boolean }) {
  const text = useText()
  return (
    <nav
      aria-label={text.app.areas.label}
      className={cx(
        'flex shrink-0 gap-1 bg-bg p-1.5',
        wide ? 'flex-col border-r' : 'order-last justify-around border-t',
      )}
    >
      {AREAS.map((area) => (
        <RailButton key={area} area={area} />
      ))}
      <NotificationBell wide={wide} />
    </nav>
  )
}

function RailButton({ area }: { readonly area: Area }) {
  const { icon: Icon, command } = AREA_VIEWS[area]
  const label = useText().app.areas[area]
  const selected = useView((view) => view.area === area)
  const keys = useKeys(command)
  return (
    <Tooltip text={label} keys={keys} side="right">
      <button
        type="button"
        aria-current={selected ? 'page' : undefined}
        onClick={() => showArea(area)}
        className={cx(
          'relative flex size-9 items-center justify-center rounded-md transition-colors',
          selected ? 'bg-selected text-text' : 'text-muted hover:bg-hover hover:text-text',
        )}
      >
        <Icon aria-hidden size={18} strokeWidth={1.75} />
        <span className="sr-only">{label}</span>
        {area === 'tasks' && <RunningMark />}
        {area === 'inbox' && <WaitingMark />}
      </button>
    </Tooltip>
  )
}

function WaitingMark() {
  const text = useText().inbox
  const count = useInbox((state) => state.counts.total)
  return (
    <span className="absolute -top-0.5 -right-0.5">
      <CountBadge count={count} label={text.toAnswer} />
    </span>
  )
}

function RunningMark() {
  const text = useText()
  const running = useQueue((state) => state.queue?.runningCount ?? 0)
  if (running === 0) return null
  return (
    <>
      <span aria-hidden className="busy-dot absolute top-1.5 right-1.5" />
      <span className="sr-only">{text.app.tasksRun(running)}</span>
    </>
  )
}
