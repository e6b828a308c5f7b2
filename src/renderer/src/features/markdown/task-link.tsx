import type { ReactNode } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'

interface TaskLinkProps {
  readonly taskId: TaskId
  readonly children: ReactNode
}

/** A task that a text names: opens it in the monitor. */
export function TaskLink({ taskId, children }: TaskLinkProps) {
  const description = useTasks((state) => state.byId[taskId]?.description)
  return (
    <button
      type="button"
      className="task-link"
      title={description ?? 'Show this task'}
      onClick={() => showTask(taskId)}
    >
      {children}
    </button>
  )
}
