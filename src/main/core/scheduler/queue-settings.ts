import { z } from 'zod'
import { DEFAULT_LIMITS, ResourceLimits } from '../../../shared/model/queue.js'
import type { WriteDb } from '../store/database.js'
import { selectSetting, upsertSetting } from '../store/queries/settings.js'

export interface QueueSettings {
  readonly paused: boolean
  readonly draining: boolean
  readonly limits: ResourceLimits
}

const Stored = z.object({
  paused: z.boolean().catch(false),
  draining: z.boolean().catch(false),
  limits: z.record(z.string(), z.unknown()).catch({}),
})

/** What a person set; a stored figure that no longer fits gives way to the default. */
export function loadQueueSettings(db: WriteDb, atMs: number): QueueSettings {
  const stored = selectSetting(db, 'queue', Stored, atMs)
  if (stored === null) return { paused: false, draining: false, limits: DEFAULT_LIMITS }
  const limits: Record<string, unknown> = { ...DEFAULT_LIMITS }
  for (const [key, schema] of Object.entries(ResourceLimits.shape)) {
    const value = schema.safeParse(stored.limits[key])
    if (value.success) limits[key] = value.data
  }
  const { paused, draining } = stored
  return { paused, draining, limits: ResourceLimits.parse(limits) }
}

export function saveQueueSettings(db: WriteDb, settings: QueueSettings): void {
  upsertSetting(db, 'queue', JSON.stringify(settings))
}
