import type { TaskView } from '../../../../shared/model/task.js'
import { useBlockers } from '../../stores/blockers.js'
import { useQueue } from '../../stores/queue.js'
import { useTasks } from '../../stores/tasks.js'
import { useText } from '../../text/text.js'
import { waitText } from './wait-text.js'

/** Why a pending task waits, in a sentence; null for any other. It is told anew when anything behind it moves. */
export function useWaitDetail(task: TaskView): string | null {
  useText()
  const told = () => {
    const queue = useQueue.getState()
    return waitText(task, {
      queue,
      tasks: useTasks.getState().byId,
      blockers: useBlockers.getState().byId,
    })
  }
  useTasks(told)
  useBlockers(told)
  return useQueue(told)
}
