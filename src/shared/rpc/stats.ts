import { z } from 'zod'
import { StatsOverview } from '../model/stats.js'
import { method } from './define.js'
import { Instant } from './params.js'

export const MOST_STATS_DAYS = 366

export const statsMethods = {
  /**
   * Of the last `days` days of the time zone, today included (default 7), or from `from` (included) to `to` (not
   * included; default now), both widened to quarters of an hour. At most 366 days. `timezone`: IANA name, default
   * the host's.
   */
  'stats.overview': method(
    z.strictObject({
      days: z.number().int().min(1).max(MOST_STATS_DAYS).optional(),
      from: Instant.optional(),
      to: Instant.optional(),
      timezone: z.string().min(1).max(100).optional(),
    }),
    StatsOverview,
  ),
}
