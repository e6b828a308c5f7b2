import { useEffect, useState } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import type { LogMatch } from '../../../../shared/rpc/task.js'
import { useHost } from '../../app/host.js'

const SEARCH_AFTER_MS = 200
/** More than anybody steps through; a search ends when it has found them. */
const MOST_MATCHES = 1_000

export interface LogSearch {
  readonly matches: readonly LogMatch[]
  /** The whole log was looked through. */
  readonly complete: boolean
  readonly error: string | null
}

const NOTHING: LogSearch = { matches: [], complete: false, error: null }

/** Looks through the whole log at the host, a stretch at a time; what is found shows as it comes. */
export function useLogSearch(taskId: TaskId, query: string): LogSearch {
  const host = useHost()
  const [search, setSearch] = useState(NOTHING)
  useEffect(() => {
    setSearch(NOTHING)
    if (query === '') return
    const given = new AbortController()
    const run = async () => {
      let matches: readonly LogMatch[] = []
      let sinceOffset: number | null = 0
      while (sinceOffset !== null && matches.length < MOST_MATCHES) {
        const params = { taskId, query, sinceOffset, limit: MOST_MATCHES - matches.length }
        const found: { matches: LogMatch[]; nextOffset: number | null } = await host.call(
          'task.logSearch',
          params,
          { signal: given.signal },
        )
        matches = [...matches, ...found.matches]
        sinceOffset = found.nextOffset
        setSearch({ matches, complete: sinceOffset === null, error: null })
      }
    }
    const timer = setTimeout(() => {
      run().catch((error: unknown) => {
        if (!given.signal.aborted) setSearch({ ...NOTHING, error: messageOf(error) })
      })
    }, SEARCH_AFTER_MS)
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [host, taskId, query])
  return search
}
