import type { TaskView } from '../../../../shared/model/task.js'
import { formatAgo, formatDuration } from '../../ui/format.js'
import { useNow } from '../../ui/time.js'

/** How long a task runs, and how long it still will; how long it waits; or when it ended. */
export function TaskTimes({ task }: { readonly task: TaskView }) {
  if (task.state === 'running') return <RunningTimes task={task} />
  if (task.state === 'pending')
    return <WaitingTime since={task.waitingFor?.since ?? task.createdAt} />
  return <EndTimes task={task} />
}

function RunningTimes({ task }: { readonly task: TaskView }) {
  const now = useNow()
  const { estimatedTimeRemaining: left } = task
  return (
    <span className="figures">
      {formatDuration(now - (task.startedAt ?? now))}
      {left !== undefined && <> · {formatDuration(left * 1000)} left</>}
    </span>
  )
}

/** How far the estimate of a running task may be off; null where there is none. */
export function rangeText({ state, estimatedRange: range }: TaskView): string | null {
  if (state !== 'running' || range === undefined) return null
  return `Between ${formatDuration(range.low * 1000)} and ${formatDuration(range.high * 1000)} left`
}

function WaitingTime({ since }: { readonly since: number }) {
  const now = useNow()
  return <span className="figures">{formatDuration(now - since)}</span>
}

function EndTimes({ task }: { readonly task: TaskView }) {
  const now = useNow()
  const { completedAt } = task
  return completedAt === undefined ? null : (
    <span className="figures">{formatAgo(completedAt, now)}</span>
  )
}
