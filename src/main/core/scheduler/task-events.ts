import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { TaskRecord } from '../tasks/task-record.js'

/** The ids that every event about a task carries. */
export function about(task: Pick<TaskRecord, 'id' | 'conversationId'>): {
  taskId: TaskId
  conversationId?: ConversationId
} {
  return task.conversationId === null
    ? { taskId: task.id }
    : { taskId: task.id, conversationId: task.conversationId }
}
