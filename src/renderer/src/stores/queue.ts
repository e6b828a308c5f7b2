import { create } from 'zustand'
import type { MachineReading, QueueState } from '../../../shared/model/queue.js'
import { type TaskView, WAIT_REASONS, type WaitingFor } from '../../../shared/model/task.js'
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
  if (own && (!isQueueWide(own.reason) || state.queue?.heldBackBy.includes(own.reason))) return own
  const held = WAIT_REASONS.find((reason) =>
    (state.queue?.heldBackBy as readonly string[] | undefined)?.includes(reason),
  )
  if (held === undefined || !isQueueWide(held)) return own ?? null
  return { reason: held, detail: heldBackText(held, state), since: task.createdAt }
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
      return `Memory is at ${percent(machine.memory)}, the threshold is ${percent(limits?.memoryThreshold)}`
    case 'cpu':
      return `CPU is at ${percent(machine.cpu)}, the threshold is ${percent(limits?.cpuThreshold)}`
  }
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
  return value === null || value === undefined ? 'an unknown level' : `${Math.round(value)} %`
}
