import { useView } from '../../stores/view.js'
import { TaskDetail } from './task-detail.js'
import { TaskList } from './task-list.js'

/** The pane beside the chat: all tasks, or one of them in full. */
export function TaskMonitor() {
  const taskId = useView((view) => view.taskId)
  return taskId === null ? <TaskList /> : <TaskDetail key={taskId} taskId={taskId} />
}
