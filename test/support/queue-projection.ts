import { DEFAULT_LIMITS, type QueueState } from '../../src/shared/model/queue.js'

/** What a window knows of a queue in which five tasks run and one waits. */
export function queueProjection(change: Partial<QueueState> = {}) {
  const machine = { cpu: 84, memory: 60 }
  return {
    machine,
    queue: {
      paused: false,
      draining: false,
      running: [],
      runningCount: 5,
      pendingCount: 1,
      machine,
      heldBackBy: [],
      limits: DEFAULT_LIMITS,
      ...change,
    } satisfies QueueState,
  }
}
