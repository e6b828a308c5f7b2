import { create } from 'zustand'
import type { MachineReading, QueueState } from '../../../shared/model/queue.js'
import { type TaskView, WAIT_REASONS, type WaitingFor } from '../../../shared/model/task.js'
import { formatMoment, formatPercent } from '../ui/format.js'
import type { HostEvent } from './host-event.js'

export interface QueueProjection {
  /** Null until the host has answered. */
  readonly queue: QueueState | null
  readonly machine: MachineReading
}

export const NO_QUEUE: QueueProjection = { queue: null, machine: { cpu: null, memory: null } }

export const useQueue = create<QueueProjection>(() => NO_QUEUE)

export function reduceQueue(state: QueueProjection, event: HostEvent): QueueProjection {
  switch (event.name) {
    case 'queue.changed': {
      const { seq: _seq, at: _at, ...queue } = event.params
      return { queue, machine: queue.machine }
    }
    case 'system.machine': {
      const { cpu, memory } = event.params
      return { ...state, machine: { cpu, memory } }
    }
    default:
      return state
  }
}

const QUEUE_WIDE = ['paused', 'limit', 'memory', 'cpu'] as const
type QueueWide = (typeof QUEUE_WIDE)[number]

function isQueueWide(reason: string): reason is QueueWide {
  return (QUEUE_WIDE as readonly string[]).includes(reason)
}

/**
 * Why a pending task waits. A reason of its own comes with the task; the queue-wide ones are told
 * once for all tasks, so they are looked up in the queue, most telling first.
 */
export function waitOf(task: TaskView, state: QueueProjection): WaitingFor | null {
  if (task.state !== 'pending') return null
  const own = task.waitingFor
  if (own?.reason === 'schedule' && task.runAt !== undefined) {
    // The host writes the instant for programs.
    return { ...own, detail: `Starts at ${formatMoment(task.runAt, Date.now())}` }
  }
  if (own && !isQueueWide(own.reason)) return own
  // The figures of a gauge are a second old at most, those that came with the task any age.
  if (own?.reason === 'limit' && limitHolds(own, state.queue)) return own
  const held = WAIT_REASONS.find((reason) =>
    (state.queue?.heldBackBy as readonly string[] | undefined)?.includes(reason),
  )
  if (held === undefined || !isQueueWide(held)) return own ?? null
  return { reason: held, detail: heldBackText(held, state), since: own?.since ?? task.createdAt }
}

/** Either all tasks together are too many, or those that were in the way still run. */
function limitHolds({ blockedBy = [] }: WaitingFor, queue: QueueState | null): boolean {
  if (queue === null || queue.heldBackBy.includes('limit')) return queue !== null
  const running: readonly string[] = queue.running
  return blockedBy.length > 0 && blockedBy.every((id) => running.includes(id))
}

/** One sentence with the figures behind a queue-wide reason. */
export function heldBackText(reason: QueueWide, { queue, machine }: QueueProjection): string {
  const limits = queue?.limits
  switch (reason) {
    case 'paused':
      return 'The queue is paused'
    case 'limit':
      return limitText(queue)
    case 'memory':
      return gaugeHold('Memory', machine.memory, limits?.memoryThreshold)
    case 'cpu':
      return gaugeHold('CPU', machine.cpu, limits?.cpuThreshold)
  }
}

/** Starts are allowed again only when a gauge has fallen well below its threshold. */
function gaugeHold(name: string, value: number | null, threshold: number | undefined): string {
  const now = `${name} is at ${percent(value)}`
  const line = `the threshold of ${percent(threshold)}`
  return value !== null && value <= (threshold ?? 0)
    ? `${now}, not yet far enough below ${line}`
    : `${now}, above ${line}`
}

/** One sentence on what the machine's load means for new tasks at the moment. */
export function gaugesText({ queue }: QueueProjection): string {
  const held = queue?.heldBackBy ?? []
  const names = [held.includes('cpu') && 'CPU', held.includes('memory') && 'memory'].filter(Boolean)
  if (names.length > 0) {
    const verb = names.length === 1 ? 'holds' : 'hold'
    const who = names.join(' and ')
    return `${who.charAt(0).toUpperCase()}${who.slice(1)} ${verb} back new tasks at the moment; what runs goes on, and the chat never waits.`
  }
  const off = queue?.limits.cpuThreshold === 100 && queue.limits.memoryThreshold === 100
  return off
    ? 'Both thresholds are switched off, so they never hold back a task.'
    : 'They hold back nothing at the moment.'
}

/** Reasons that a person may override with "Run now". */
export function mayRunNow(reason: WaitingFor['reason']): boolean {
  return isQueueWide(reason) || reason === 'backoff' || reason === 'schedule'
}

function limitText(queue: QueueState | null): string {
  if (queue === null) return 'A limit is reached'
  const { runningCount, limits } = queue
  // The limits of single types are reached earlier; which of them, only the task itself tells.
  return runningCount < limits.maxConcurrentTasks
    ? 'A limit on builds, E2E tests or agents is reached'
    : `${runningCount} of ${limits.maxConcurrentTasks} tasks are running`
}

function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? 'an unknown level' : formatPercent(value)
}
