import { Cpu, MemoryStick } from 'lucide-react'
import { type QueueProjection, useQueue } from '../../stores/queue.js'
import { currentText } from '../../text/text.js'
import { formatPercent } from '../../ui/format.js'

export const GAUGES = {
  cpu: { icon: Cpu, threshold: 'cpuThreshold' },
  memory: { icon: MemoryStick, threshold: 'memoryThreshold' },
} as const

export type GaugeKind = keyof typeof GAUGES

export interface GaugeReading {
  /** Percent; null until there is a reading. */
  readonly value: number | null
  /** Percent; 100 is off. */
  readonly limit: number
  /** Above the threshold that holds back new tasks. */
  readonly over: boolean
}

export function useGauge(kind: GaugeKind): GaugeReading {
  const value = useQueue((state) => state.machine[kind])
  const limit = useQueue((state) => state.queue?.limits[GAUGES[kind].threshold] ?? 100)
  return { value, limit, over: value !== null && limit < 100 && value > limit }
}

export function gaugeText(value: number | null): string {
  return value === null ? '–' : formatPercent(value)
}

/** One sentence on what the machine's load means for new tasks at the moment. */
export function gaugesText({ queue }: QueueProjection): string {
  const { gauges } = currentText().waits
  const cpu = queue?.heldBackBy.includes('cpu') ?? false
  const memory = queue?.heldBackBy.includes('memory') ?? false
  if (cpu && memory) return gauges.both
  if (cpu) return gauges.cpu
  if (memory) return gauges.memory
  const off = queue?.limits.cpuThreshold === 100 && queue.limits.memoryThreshold === 100
  return off ? gauges.off : gauges.none
}
