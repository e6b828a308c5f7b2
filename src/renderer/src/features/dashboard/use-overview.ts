import { useState } from 'react'
import type { StatsOverview } from '../../../../shared/model/stats.js'
import { useRead } from '../../app/use-read.js'
import { useActivity } from '../../stores/activity.js'
import { useQueue } from '../../stores/queue.js'
import { useNow } from '../../ui/time.js'
import { usePaced } from '../../ui/use-paced.js'

export type Days = 1 | 7 | 30 | 90

/** Between two readings while things happen. */
const PACE_MS = 2_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const TIMEZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone

/** What happened in the last days on this person's calendar; read again when something has happened, at a pace. */
export function useOverview(days: Days): {
  readonly overview: StatsOverview | null
  readonly error: string | null
  readonly retry: () => void
} {
  const [tries, setTries] = useState(0)
  const changes = usePaced(
    useActivity((state) => state.changes),
    PACE_MS,
  )
  const runs = useQueue((state) => (state.queue?.runningCount ?? 0) > 0)
  const now = useNow()
  // While tasks run their time passes; otherwise only the hour moves on.
  const time = Math.floor(now / (runs ? MINUTE_MS : HOUR_MS))
  const stand = `${changes} ${time} ${tries}`
  const { value, error } = useRead('stats.overview', { days, timezone: TIMEZONE }, stand)
  return { overview: value, error, retry: () => setTries(tries + 1) }
}
