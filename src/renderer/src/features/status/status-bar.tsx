import { Keyboard, Pause, Play, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { useHost } from '../../app/host.js'
import { keys } from '../../app/keys.js'
import { useConnection } from '../../stores/connection.js'
import { heldBackText, useQueue } from '../../stores/queue.js'
import { useSettings } from '../../stores/settings.js'
import { openDialog } from '../../stores/view.js'
import { cx } from '../../ui/class-names.js'
import { failed } from '../../ui/failure.js'
import { ConnectionState } from './connection-state.js'
import { GAUGES, type GaugeKind, gaugeText, useGauge } from './gauge.js'
import { MachinePopover } from './machine-popover.js'

export function StatusBar() {
  const queue = useQueue((state) => state.queue)
  const live = useConnection((state) => state.phase.name === 'ready')
  return (
    <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-1 overflow-hidden border-t bg-bg px-2 py-[3px] text-muted text-xs min-[64rem]:flex-nowrap">
      <ConnectionState />
      {live && queue && (
        <>
          <Machine />
          <Item title="Tasks that run and tasks that wait">
            <span className="figures">
              {queue.runningCount} running · {queue.pendingCount} waiting
            </span>
          </Item>
          <PauseButton paused={queue.paused || queue.draining} />
          <HeldBack />
        </>
      )}
      <span className="flex-1" />
      <button
        type="button"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        className={BUTTON}
        onClick={() => openDialog('shortcuts')}
      >
        <Keyboard aria-hidden size={14} strokeWidth={1.75} />
      </button>
      <ModelInUse />
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

const BUTTON =
  'flex h-5 shrink-0 items-center gap-1.5 rounded px-1.5 hover:bg-hover hover:text-text'

/** The gauges, which open what is known of the machine. */
function Machine() {
  return (
    <MachinePopover
      trigger={
        <button
          type="button"
          title="CPU and memory; open for details"
          className={cx(BUTTON, 'gap-3 data-[state=open]:bg-selected')}
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
  const { icon: Icon, label } = GAUGES[kind]
  const { value, over } = useGauge(kind)
  return (
    <span className={cx('flex items-center gap-1.5', over && 'text-warn')}>
      <Icon aria-hidden size={13} strokeWidth={1.75} />
      <span className="max-sm:sr-only">{label}</span>
      <span className="figures inline-block min-w-8 text-right">{gaugeText(value)}</span>
    </span>
  )
}

function PauseButton({ paused }: { readonly paused: boolean }) {
  const host = useHost()
  const Icon = paused ? Play : Pause
  return (
    <button
      type="button"
      className={BUTTON}
      title={paused ? 'Let waiting tasks start again' : 'Hold back new tasks; what runs goes on'}
      onClick={() => {
        host
          .call(paused ? 'queue.resume' : 'queue.pause', {})
          .then((queue) => useQueue.setState({ queue, machine: queue.machine }))
          .catch(failed(paused ? 'Not resumed' : 'Not paused'))
      }}
    >
      <Icon aria-hidden size={12} strokeWidth={1.75} />
      {paused ? 'Resume' : 'Pause'}
    </button>
  )
}

/**
 * What holds back new tasks at this moment, while any are waiting. Where the bar has no room for it,
 * it has a line of its own above.
 */
function HeldBack() {
  const text = useQueue((state) => {
    if (state.queue?.draining) return 'Takes no new tasks until it is resumed'
    const waiting = (state.queue?.pendingCount ?? 0) > 0
    const held = state.queue?.heldBackBy ?? []
    const shown = waiting ? held : held.filter((reason) => reason === 'paused')
    return shown.map((reason) => heldBackText(reason, state)).join('. ')
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
  const model = useSettings((state) => state.settings?.model)
  if (model === undefined) return null
  const offline = model.provider === 'offline'
  return (
    <button
      type="button"
      className={cx(BUTTON, 'min-w-0')}
      title={`Settings (${keys(',')})`}
      onClick={() => openDialog('settings')}
    >
      <span className="truncate">{offline ? 'Built-in planner' : model.model}</span>
      <Settings aria-hidden size={13} strokeWidth={1.75} className="shrink-0" />
      <span className="sr-only">Settings</span>
    </button>
  )
}
