import { useView } from '../../stores/view.js'
import { ScheduleList } from '../schedules/schedule-list.js'
import { TaskDetail } from './task-detail.js'
import { TaskList } from './task-list.js'

/** The pane beside the chat: all tasks, one of them in full, or those that come back. */
export function TaskMonitor() {
  const taskId = useView((view) => view.taskId)
  const schedulesOpen = useView((view) => view.schedulesOpen)
  if (taskId !== null) return <TaskDetail key={taskId} taskId={taskId} />
  return schedulesOpen ? <ScheduleList /> : <TaskList />
}
