import { useView } from '../../stores/view.js'
import { AgentsPane } from '../agents/agents-pane.js'
import { ScheduleList } from '../schedules/schedule-list.js'
import { TaskDetail } from './task-detail.js'
import { TaskList } from './task-list.js'

/** The pane beside the chat: all tasks, one of them in full, those that come back, or the agents. */
export function TaskMonitor() {
  const taskId = useView((view) => view.taskId)
  const agentsOpen = useView((view) => view.agentsOpen)
  const schedulesOpen = useView((view) => view.schedulesOpen)
  if (taskId !== null) return <TaskDetail key={taskId} taskId={taskId} />
  if (agentsOpen) return <AgentsPane />
  return schedulesOpen ? <ScheduleList /> : <TaskList />
}
