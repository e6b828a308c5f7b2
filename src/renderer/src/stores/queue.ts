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
export type QueueWide = (typeof QUEUE_WIDE)[number]

/** Why a task waits. `detail` is the host's sentence about it; null where the queue itself tells more. */
export interface Wait extends Omit<WaitingFor, 'detail'> {
  readonly detail: string | null
}

function isQueueWide(reason: string): reason is QueueWide {
  return (QUEUE_WIDE as readonly string[]).includes(reason)
}

/**
 * Why a pending task waits. A reason of its own comes with the task; the queue-wide ones are told
 * once for all tasks, so they are looked up in the queue, most telling first.
 */
export function waitOf(task: TaskView, state: QueueProjection): Wait | null {
  if (task.state !== 'pending') return null
  const own = task.waitingFor
  if (own && !isQueueWide(own.reason)) return own
  // The figures of a gauge are a second old at most, those that came with the task any age.
  if (own?.reason === 'limit' && limitHolds(own, state.queue)) return own
  const held = WAIT_REASONS.find((reason) =>
    (state.queue?.heldBackBy as readonly string[] | undefined)?.includes(reason),
  )
  if (held === undefined || !isQueueWide(held)) return own ?? null
  return { reason: held, detail: null, since: own?.since ?? task.createdAt }
}

/** Either all tasks together are too many, or those that were in the way still run. */
function limitHolds({ blockedBy = [] }: WaitingFor, queue: QueueState | null): boolean {
  if (queue === null || queue.heldBackBy.includes('limit')) return queue !== null
  const running: readonly string[] = queue.running
  return blockedBy.length > 0 && blockedBy.every((id) => running.includes(id))
}

/** Reasons that a person may override with "Run now". */
export function mayRunNow(reason: WaitingFor['reason']): boolean {
  return isQueueWide(reason) || reason === 'backoff' || reason === 'schedule'
}
