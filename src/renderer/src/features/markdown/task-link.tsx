import type { ReactNode } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'

interface TaskLinkProps {
  readonly taskId: TaskId
  readonly children: ReactNode
}

/** A task that a text names: opens it in the monitor. */
export function TaskLink({ taskId, children }: TaskLinkProps) {
  const text = useText().chat.markdown
  const description = useTasks((state) => state.byId[taskId]?.description)
  return (
    <button
      type="button"
      className="task-link"
      title={description ?? text.showTask}
      onClick={() => showTask(taskId)}
    >
      {children}
    </button>
  )
}
