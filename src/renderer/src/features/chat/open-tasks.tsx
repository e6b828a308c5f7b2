import { useMemo } from 'react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import type { TaskView } from '../../../../shared/model/task.js'
import { useQueue, waitOf } from '../../stores/queue.js'
import { openTasksOf, useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { StateIcon } from '../tasks/task-state.js'

/** The tasks that this conversation started and that are not done, always in sight. */
export function OpenTasks({ conversationId }: { readonly conversationId: ConversationId }) {
  const state = useTasks()
  const tasks = useMemo(() => openTasksOf(state, conversationId), [state, conversationId])
  if (tasks.length === 0) return null
  return (
    <ul aria-label="Tasks of this chat" className="flex flex-wrap gap-1.5 pt-2">
      {tasks.map((task) => (
        <li key={task.id} className="max-w-full">
          <TaskChip task={task} />
        </li>
      ))}
    </ul>
  )
}

function TaskChip({ task }: { readonly task: TaskView }) {
  const wait = useQueue((queue) => waitOf(task, queue)?.detail)
  const running = task.state === 'running'
  return (
    <button
      type="button"
      onClick={() => showTask(task.id)}
      title={running ? task.currentStep : wait}
      className="flex h-6 max-w-full items-center gap-1.5 rounded-md border px-2 text-xs hover:bg-hover"
    >
      <StateIcon state={task.state} small />
      <span className="max-w-56 truncate">{task.description}</span>
      <span className="figures text-muted">
        {running ? `${Math.round(task.progress)} %` : 'waiting'}
      </span>
    </button>
  )
}
