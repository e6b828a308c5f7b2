import { toast } from 'sonner'
import type { TaskState, TaskView } from '../../../../shared/model/task.js'
import type { Host } from '../../app/host.js'
import { mayRunNow, type QueueProjection, waitOf } from '../../stores/queue.js'
import { currentText } from '../../text/text.js'
import { reasonOf } from '../../ui/failure.js'
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

/** A request names so many at most. */
const AT_ONCE = 500
/** What is said of each failure; of others only how many they are. */
const MOST_NAMED = 5

/**
 * Does it to each, also where some refuse, and tells how many did and why others did not. A request that fails may yet have
 * been carried out, so of its tasks nothing is claimed. Resolves with whether all is known.
 */
export async function actOnAll(
  host: Host,
  tasks: readonly TaskView[],
  action: BulkAction,
): Promise<boolean> {
  const text = currentText().monitor
  const change =
    action.kind === 'priority'
      ? ({ action: 'setPriority', priority: action.priority } as const)
      : ({ action: action.kind } as const)
  const failures: string[] = []
  const unanswered = { count: 0, reasons: new Set<string>() }
  for (let from = 0; from < tasks.length; from += AT_ONCE) {
    const some = tasks.slice(from, from + AT_ONCE)
    const taskIds = some.map(({ id }) => id)
    try {
      const { results } = await host.call('task.changeMany', { taskIds, ...change })
      for (const result of results) {
        if (!('error' in result)) continue
        const task = some.find(({ id }) => id === result.taskId)
        failures.push(`${isolated(task?.description ?? result.taskId)}: ${result.error.message}`)
      }
    } catch (error) {
      unanswered.count += some.length
      unanswered.reasons.add(reasonOf(error))
    }
  }
  const isAllKnown = unanswered.count === 0
  if (isAllKnown && failures.length === 0) {
    toast(text.acted(tasks.length))
    return true
  }
  const named = failures.slice(0, MOST_NAMED)
  const others = failures.length - named.length
  if (others > 0) named.push(text.othersFailed(others))
  const titles = [
    ...(failures.length === 0 ? [] : [text.notActed(failures.length, tasks.length)]),
    ...(isAllKnown ? [] : [text.notAnswered(unanswered.count, tasks.length)]),
  ]
  const description = [...titles.slice(1), ...unanswered.reasons, ...named].join('\n')
  toast.error(titles[0], { description })
  return isAllKnown
}
