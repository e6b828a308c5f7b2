import { Popover } from 'radix-ui'
import { type ReactNode, useEffect, useState } from 'react'
import type { ResultOf } from '../../../../shared/rpc/contract.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useQueue } from '../../stores/queue.js'
import { type Text, useText } from '../../text/text.js'
import { formatGigabytes, formatNumber } from '../../ui/format.js'
import { SkeletonRows } from '../../ui/pane.js'
import { CostSummary } from '../costs/cost-summary.js'
import { type GaugeKind, gaugesText, gaugeText, useGauge } from './gauge.js'

type Details = ResultOf<'system.details'>

/** Opened from the gauges: what the machine is, how busy it is, and what follows from that. */
export function MachinePopover({ trigger }: { readonly trigger: ReactNode }) {
  const text = useText().status.machine
  return (
    <Popover.Root>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-labelledby="machine-title"
          className="z-30 max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-[10px] border bg-raised p-4 shadow-popover focus:outline-none"
        >
          <h2 id="machine-title" className="font-semibold">
            {text.title}
          </h2>
          <MachineFacts />
          <h3 className="mt-4 font-semibold">{text.use}</h3>
          <dl className="mt-1.5 flex flex-col gap-1">
            <GaugeFact kind="cpu" />
            <GaugeFact kind="memory" />
          </dl>
          <Consequence />
          <h3 className="mt-4 font-semibold">{text.costs}</h3>
          <CostSummary />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function MachineFacts() {
  const text = useText().status.machine
  const host = useHost()
  const [details, setDetails] = useState<Details | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    const given = new AbortController()
    host
      .call('system.details', {}, { signal: given.signal })
      .then(setDetails, (reason: unknown) => {
        if (!given.signal.aborted) setError(messageOf(reason))
      })
    return () => given.abort()
  }, [host])
  if (error !== null) return <p className="mt-1.5 text-bad">{text.notRead(error)}</p>
  if (details === null) return <SkeletonRows rows={4} />
  return (
    <dl className="mt-1.5 flex flex-col gap-1">
      {factsOf(details, text).map(({ name, value }) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </dl>
  )
}

/** What the system does not tell is left out. */
function factsOf(
  details: Details,
  text: Text['status']['machine'],
): ReadonlyArray<{ readonly name: string; readonly value: string }> {
  const { system, processor, cores, memoryBytes, memoryAvailableBytes, swapUsedBytes } = details
  return [
    { name: text.system, value: system },
    { name: text.processor, value: processor },
    { name: text.cores, value: formatNumber(cores) },
    {
      name: text.memory,
      value: text.available(formatGigabytes(memoryBytes), formatGigabytes(memoryAvailableBytes)),
    },
    { name: text.swap, value: swapUsedBytes > 0 ? formatGigabytes(swapUsedBytes) : '' },
  ].filter(({ value }) => value !== '')
}

function GaugeFact({ kind }: { readonly kind: GaugeKind }) {
  const text = useText().status
  const { value, limit, over } = useGauge(kind)
  const threshold = limit < 100 ? text.machine.threshold(limit) : text.machine.noThreshold
  return (
    <Fact name={text[kind]}>
      <span className={over ? 'text-warn' : undefined}>{gaugeText(value)}</span>
      <span className="text-muted"> · {threshold}</span>
    </Fact>
  )
}

interface FactProps {
  readonly name: string
  readonly children: ReactNode
}

function Fact({ name, children }: FactProps) {
  return (
    <div className="flex gap-3">
      <dt className="w-24 shrink-0 text-muted">{name}</dt>
      <dd className="figures min-w-0 flex-1 break-words">{children}</dd>
    </div>
  )
}

function Consequence() {
  const text = useQueue(gaugesText)
  return <p className="mt-3 border-t pt-3 text-muted">{text}</p>
}
