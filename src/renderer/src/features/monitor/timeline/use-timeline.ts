import { useEffect, useState } from 'react'
import { messageOf } from '../../../../../shared/rpc/errors.js'
import type { TimelineEntry } from '../../../../../shared/rpc/task.js'
import { useHost } from '../../../app/host.js'
import { useConnection } from '../../../stores/connection.js'
import { useTasks } from '../../../stores/tasks.js'

/** Rows of one picture. */
export const MOST_ROWS = 200
/** News are gathered for so long before the picture is read anew. */
const GATHER_MS = 400

export interface TimelineRead {
  readonly entries: readonly TimelineEntry[] | null
  readonly error: string | null
}

/** Who ran when in the last `seconds`, read anew when a task begins, waits or ends. */
export function useTimeline(seconds: number): TimelineRead {
  const host = useHost()
  const ready = useConnection((state) => state.phase.name === 'ready')
  // What moves a task between its states; progress does not.
  const moves = useTasks((state) => movesOf(state.byId))
  const [read, setRead] = useState<TimelineRead>({ entries: null, error: null })
  useEffect(() => {
    if (!ready) return
    const given = new AbortController()
    const timer = setTimeout(
      () => {
        const ahead = useConnection.getState().clockAheadMs
        const since = Math.max(0, Math.round(Date.now() + ahead - seconds * 1000))
        host.call('task.timeline', { since, limit: MOST_ROWS }, { signal: given.signal }).then(
          ({ entries }) => setRead({ entries, error: null }),
          (error: unknown) => {
            if (!given.signal.aborted) setRead((before) => ({ ...before, error: messageOf(error) }))
          },
        )
      },
      moves === '' ? 0 : GATHER_MS,
    )
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [host, ready, seconds, moves])
  return read
}

function movesOf(byId: ReturnType<typeof useTasks.getState>['byId']): string {
  let moves = ''
  for (const { id, state, attempt } of Object.values(byId)) {
    if (state !== 'completed') moves += `${id}${state}${attempt} `
  }
  return `${moves}${Object.keys(byId).length}`
}
