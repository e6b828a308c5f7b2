import type { TaskView } from '../../../../shared/model/task.js'
import { useQueue, waitOf } from '../../stores/queue.js'
import { useTasks } from '../../stores/tasks.js'
import { withNames } from './with-names.js'

/** Why a pending task waits, in a sentence with the names of the tasks in the way; null for any other. */
export function useWaitDetail(task: TaskView): string | null {
  const wait = useQueue((queue) => waitOf(task, queue)?.detail ?? null)
  return useTasks((state) =>
    wait === null ? null : withNames(wait, (id) => state.byId[id]?.description),
  )
}
