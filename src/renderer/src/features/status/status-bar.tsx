import { Keyboard, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { useKeys } from '../../app/commands/bindings.js'
import { useConnection } from '../../stores/connection.js'
import { useQueue } from '../../stores/queue.js'
import { useSettings } from '../../stores/settings.js'
import { openDialog, showSettings } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { Inbox } from '../questions/inbox.js'
import { heldBackText } from '../tasks/wait-text.js'
import { ConnectionState } from './connection-state.js'
import { GAUGES, type GaugeKind, gaugeText, useGauge } from './gauge.js'
import { MachinePopover } from './machine-popover.js'
import { QueueControls } from './queue-controls.js'
import { STATUS_BUTTON } from './status-button.js'

export function StatusBar() {
  const text = useText().status
  const keys = useKeys('app.shortcuts')
  const queue = useQueue((state) => state.queue)
  const live = useConnection((state) => state.phase.name === 'ready')
  return (
    <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-1 overflow-hidden border-t bg-bg px-2 py-[3px] text-muted text-xs min-[64rem]:flex-nowrap">
      <div className="flex flex-wrap items-center gap-1 min-[64rem]:shrink-0">
        <ConnectionState />
        {live && queue && (
          <>
            <Machine />
            <Item title={text.counts}>
              <span className="figures">
                {text.running(queue.runningCount, queue.pendingCount)}
              </span>
            </Item>
            <QueueControls />
          </>
        )}
      </div>
      {live && queue && <HeldBack />}
      <div className="flex min-w-0 flex-1 items-center justify-end gap-1">
        {live && <Inbox />}
        <button
          type="button"
          aria-label={text.shortcuts}
          title={keys ? `${text.shortcuts} (${keys})` : text.shortcuts}
          className={cx(STATUS_BUTTON, 'max-sm:hidden')}
          onClick={() => openDialog('shortcuts')}
        >
          <Keyboard aria-hidden size={14} strokeWidth={1.75} />
        </button>
        <ModelInUse />
      </div>
    </footer>
  )
}

interface ItemProps {
  readonly title: string
  readonly className?: string
  readonly children: ReactNode
}

function Item({ title, className, children }: ItemProps) {
  return (
    <span title={title} className={cx('flex h-5 shrink-0 items-center gap-1.5 px-1.5', className)}>
      {children}
    </span>
  )
}

/** The gauges, which open what is known of the machine. */
function Machine() {
  return (
    <MachinePopover
      trigger={
        <button
          type="button"
          title={useText().status.gauges}
          className={cx(STATUS_BUTTON, 'gap-3 data-[state=open]:bg-selected max-sm:hidden')}
        >
          <Gauge kind="cpu" />
          <Gauge kind="memory" />
        </button>
      }
    />
  )
}

/** Marked when it is over the threshold that holds back new tasks. */
function Gauge({ kind }: { readonly kind: GaugeKind }) {
  const { icon: Icon } = GAUGES[kind]
  const { value, over } = useGauge(kind)
  return (
    <span className={cx('flex items-center gap-1.5', over && 'text-warn')}>
      <Icon aria-hidden size={13} strokeWidth={1.75} />
      <span className="max-md:sr-only">{useText().status[kind]}</span>
      <span className="figures inline-block min-w-8 text-right">{gaugeText(value)}</span>
    </span>
  )
}

/**
 * What holds back new tasks at this moment, while any are waiting. Where the bar has no room for it,
 * it has a line of its own above.
 */
function HeldBack() {
  const { status, ui } = useText()
  const text = useQueue((state) => {
    if (state.queue?.draining) return status.draining
    const waiting = (state.queue?.pendingCount ?? 0) > 0
    const held = state.queue?.heldBackBy ?? []
    const shown = waiting ? held : held.filter((reason) => reason === 'paused')
    return ui.sentences(shown.map((reason) => heldBackText(reason, state)))
  })
  if (text === '') return null
  return (
    <span
      title={text}
      className="px-1.5 text-warn max-[64rem]:order-first max-[64rem]:basis-full min-[64rem]:min-w-0 min-[64rem]:truncate"
    >
      {text}
    </span>
  )
}

function ModelInUse() {
  const text = useText().status
  const model = useSettings((state) => state.settings?.model)
  const settingsKeys = useKeys('app.settings')
  if (model === undefined) return null
  const offline = model.provider === 'offline'
  return (
    <button
      type="button"
      className={cx(STATUS_BUTTON, 'min-w-0 shrink')}
      title={settingsKeys === undefined ? text.settings : `${text.settings} (${settingsKeys})`}
      onClick={() => showSettings(null)}
    >
      <span className="truncate max-sm:sr-only">{offline ? text.builtIn : model.model}</span>
      <Settings aria-hidden size={13} strokeWidth={1.75} className="shrink-0" />
      <span className="sr-only">{text.settings}</span>
    </button>
  )
}
