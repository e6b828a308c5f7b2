import { useDeferredValue, useMemo } from 'react'
import type { TaskView } from '../../../../shared/model/task.js'
import type { TaskFilter } from '../../stores/monitor.js'
import { filteredTasks, useTasks } from '../../stores/tasks.js'
import { useHostSearch } from '../tasks/use-host-search.js'
import { fits } from './task-filter.js'

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
