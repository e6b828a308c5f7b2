import { toast } from 'sonner'
import type { TaskState, TaskView } from '../../../../shared/model/task.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import type { Host } from '../../app/host.js'
import { mayRunNow, type QueueProjection, waitOf } from '../../stores/queue.js'
import { currentText } from '../../text/text.js'
import { isolated } from '../../ui/isolated.js'

/** What can be done to many tasks at once. */
export type BulkAction =
  | { readonly kind: 'cancel' | 'retry' | 'runNow' }
  | { readonly kind: 'priority'; readonly priority: number }

const FOR: Readonly<Record<BulkAction['kind'], readonly TaskState[]>> = {
  cancel: ['pending', 'running'],
  retry: ['failed', 'cancelled'],
  runNow: ['pending'],
  priority: ['pending'],
}

/** Those of the tasks that an action makes sense for; what starts at once has to be held back by something it overrides. */
export function applicable(
  tasks: readonly TaskView[],
  kind: BulkAction['kind'],
  queue: QueueProjection,
): TaskView[] {
  const startable = (task: TaskView) => {
    const reason = waitOf(task, queue)?.reason
    return reason !== undefined && mayRunNow(reason)
  }
  return tasks.filter(
    (task) => FOR[kind].includes(task.state) && (kind !== 'runNow' || startable(task)),
  )
}

/** As many requests at once; a host has more to do than this. */
const AT_ONCE = 8

/** Does it to each, also where some refuse, and tells how many did and why others did not. */
export async function actOnAll(
  host: Host,
  tasks: readonly TaskView[],
  action: BulkAction,
): Promise<void> {
  const text = currentText().monitor
  const waiting = [...tasks]
  const failures: { readonly task: TaskView; readonly error: unknown }[] = []
  const work = async () => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const current = task
      await act(host, current, action).catch((error: unknown) => {
        failures.push({ task: current, error })
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const done = tasks.length - failures.length
  const [first] = failures
  if (first === undefined) {
    toast(text.acted(done))
    return
  }
  toast.error(text.notActed(failures.length, tasks.length), {
    description: `${isolated(first.task.description)}: ${messageOf(first.error)}`,
  })
}

async function act(host: Host, { id: taskId }: TaskView, action: BulkAction): Promise<void> {
  switch (action.kind) {
    case 'cancel':
      await host.call('task.cancel', { taskId })
      return
    case 'retry':
      await host.call('task.retry', { taskId })
      return
    case 'runNow':
      await host.call('task.runNow', { taskId })
      return
    case 'priority':
      await host.call('task.setPriority', { taskId, priority: action.priority })
  }
}
