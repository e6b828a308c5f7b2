import { z } from 'zod'
import { MachineReading } from '../model/queue.js'
import { MachineUse } from '../model/resources.js'
import { ModelSettings } from '../model/settings.js'
import { live, method } from './define.js'
import { Instant } from './params.js'

/**
 * A topic is an event's name (`task.failed`), the noun before the dot (`task`), or an id whose
 * events are wanted (`task_…`, `sched_…`, `conv_…`). Without topics everything is sent, save `system.machine`,
 * which is only for those who name it.
 */
const Topic = z.string().min(1).max(200)

export const systemMethods = {
  /**
   * With `sinceSeq`: first every durable event after it, then the answer, then live. `seq` is the
   * last event before the answer.
   */
  'events.subscribe': method(
    z.strictObject({
      topics: z.array(Topic).max(1000).optional(),
      sinceSeq: z.number().int().min(0).optional(),
    }),
    z.object({ seq: z.number() }),
  ),
  'system.health': method(
    z.strictObject({}),
    z.object({
      status: z.literal('ok'),
      version: z.string(),
      pid: z.number(),
      host: z.enum(['electron', 'server', 'memory']),
      startedAt: z.number(),
      dataDirectory: z.string(),
      workspace: z.string(),
      seq: z.number(),
      model: ModelSettings,
      machine: MachineReading,
      /** Rows that could not be read and were set aside. */
      quarantined: z.number(),
    }),
  ),
  /** What the machine is; for a person who looks at the figures. */
  'system.details': method(
    z.strictObject({}),
    z.object({
      system: z.string(),
      processor: z.string(),
      cores: z.number(),
      memoryBytes: z.number(),
      memoryAvailableBytes: z.number(),
      swapUsedBytes: z.number(),
    }),
  ),
  /** How busy the machine was since an instant (epoch ms), at most 30 days back; oldest first. */
  'system.machineHistory': method(
    z.strictObject({ since: Instant }),
    z.object({ points: z.array(MachineUse) }),
  ),
}

export const systemEvents = {
  /** Once a second to those who subscribed to the topic `system`. */
  'system.machine': live(MachineReading),
}
