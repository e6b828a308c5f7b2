import type { TaskId } from '../../../../shared/model/ids.js'
import { type Host, useHost } from '../../app/host.js'
import { currentText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'

export interface TaskActions {
  cancel(taskId: TaskId): void
  retry(taskId: TaskId): void
  runNow(taskId: TaskId): void
  /** 1 to 10; 10 is most urgent. */
  setPriority(taskId: TaskId, priority: number): void
}

/** What can be done to a task; the outcome comes as an event, a refusal as a message. */
export function useTaskActions(): TaskActions {
  return actionsOf(useHost())
}

function actionsOf(host: Host): TaskActions {
  const text = () => currentText().tasks.actions
  return {
    cancel: (taskId) => {
      host.call('task.cancel', { taskId }).catch(failed(text().notCancelled))
    },
    retry: (taskId) => {
      host.call('task.retry', { taskId }).catch(failed(text().notRetried))
    },
    runNow: (taskId) => {
      host.call('task.runNow', { taskId }).catch(failed(text().notStarted))
    },
    setPriority: (taskId, priority) => {
      host.call('task.setPriority', { taskId, priority }).catch(failed(text().notMoved))
    },
  }
}
