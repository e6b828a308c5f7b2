import { useDeferredValue, useEffect, useMemo } from 'react'
import type { TaskView } from '../../../../shared/model/task.js'
import { useHost } from '../../app/host.js'
import { filteredTasks, useTasks } from '../../stores/tasks.js'
import { currentText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'
import { fits, type TaskFilter } from './task-filter.js'

const SEARCH_AFTER_MS = 250

/** The tasks that fit, in no order. The host is asked for the text too: it looks at what is not loaded. */
export function useMonitored(filter: TaskFilter): readonly TaskView[] {
  const byId = useTasks((state) => state.byId)
  const found = useTasks((state) => state.found)
  // Typing goes first: the list follows when there is time for it.
  const applied = useDeferredValue(filter)
  useHostSearch(applied.text.trim())
  return useMemo(
    () => filteredTasks({ byId, found }, applied.text.trim()).filter((task) => fits(task, applied)),
    [byId, found, applied],
  )
}

function useHostSearch(query: string): void {
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
