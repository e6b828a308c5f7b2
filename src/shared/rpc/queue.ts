import { z } from 'zod'
import { QueueState, QueueStats, ResourceLimits } from '../model/queue.js'
import { durable, method } from './define.js'

const Nothing = z.strictObject({})

export const queueMethods = {
  'queue.state': method(Nothing, QueueState),
  /** Holds back every start; what runs goes on. Survives a restart. */
  'queue.pause': method(Nothing, QueueState),
  'queue.resume': method(Nothing, QueueState),
  /** Takes no new tasks and runs those that are there to their end; `resume` ends it. */
  'queue.drain': method(Nothing, QueueState),
  /** Cancels every pending task; what runs goes on. */
  'queue.clear': method(Nothing, z.object({ cancelled: z.number() })),
  'queue.stats': method(
    z.strictObject({ days: z.number().int().min(1).max(3650).optional() }),
    QueueStats,
  ),
  'queue.limits.get': method(Nothing, ResourceLimits),
  /** A set is partial: what is not named stays as it is. */
  'queue.limits.set': method(z.strictObject(ResourceLimits.partial().shape), ResourceLimits),
}

export const queueEvents = {
  /** Pause, limits, or a queue-wide reason that holds back starts has changed. */
  'queue.changed': durable(QueueState),
}
