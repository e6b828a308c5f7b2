import { useEffect } from 'react'
import { useHost } from '../../app/host.js'
import { useTasks } from '../../stores/tasks.js'
import { currentText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'

const SEARCH_AFTER_MS = 250

/** The host looks too, once typing has paused: at tasks that are not loaded, and at how tasks ended. */
export function useHostSearch(query: string): void {
  const host = useHost()
  const loaded = useTasks((state) => state.loaded)
  const searched = useTasks((state) => state.found?.query === query)
  useEffect(() => {
    if (query === '' || !loaded || searched) return
    const given = new AbortController()
    const timer = setTimeout(() => {
      host.searchTasks(query, given.signal).catch((error: unknown) => {
        if (!given.signal.aborted) failed(currentText().monitor.searchFailed)(error)
      })
    }, SEARCH_AFTER_MS)
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [host, query, loaded, searched])
}
