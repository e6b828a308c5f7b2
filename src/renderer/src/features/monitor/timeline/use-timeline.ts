import { useEffect, useState } from 'react'
import { messageOf } from '../../../../../shared/rpc/errors.js'
import type { TimelineEntry } from '../../../../../shared/rpc/task.js'
import { useHost } from '../../../app/host.js'
import { useActivity } from '../../../stores/activity.js'
import { useConnection } from '../../../stores/connection.js'
import type { TaskFilter } from '../../../stores/monitor.js'
import { usePaced } from '../../../ui/use-paced.js'
import { askedOf } from '../task-filter.js'

/** Rows of one picture. */
export const MOST_ROWS = 200
/** Between two readings while tasks come, begin, wait and end. */
const PACE_MS = 1_000

export interface TimelineRead {
  readonly entries: readonly TimelineEntry[] | null
  readonly error: string | null
}

/** Who of those that fit ran when in the last `seconds`; read again when something has happened, at a pace. */
export function useTimeline(seconds: number, filter: TaskFilter): TimelineRead {
  const host = useHost()
  const ready = useConnection((state) => state.phase.name === 'ready')
  const changes = usePaced(
    useActivity((state) => state.changes),
    PACE_MS,
  )
  const asked = JSON.stringify(askedOf(filter))
  const [read, setRead] = useState<TimelineRead>({ entries: null, error: null })
  useEffect(() => {
    if (!ready) return
    void changes
    const given = new AbortController()
    const ahead = useConnection.getState().clockAheadMs
    const since = Math.max(0, Math.round(Date.now() + ahead - seconds * 1000))
    const wanted = { ...(JSON.parse(asked) as ReturnType<typeof askedOf>), since, limit: MOST_ROWS }
    host.call('task.timeline', wanted, { signal: given.signal }).then(
      ({ entries }) => setRead({ entries, error: null }),
      (error: unknown) => {
        if (!given.signal.aborted) setRead((before) => ({ ...before, error: messageOf(error) }))
      },
    )
    return () => given.abort()
  }, [host, ready, seconds, asked, changes])
  return read
}
