import type { TaskView } from '../../../../shared/model/task.js'
import { currentText, useText } from '../../text/text.js'
import { formatAgo, formatDuration, formatMoment } from '../../ui/format.js'
import { useNow } from '../../ui/time.js'

/** How long a task runs, and how long it still will; how long it waits; or when it ended. */
export function TaskTimes({ task }: { readonly task: TaskView }) {
  if (task.state === 'running') return <RunningTimes task={task} />
  if (task.state === 'pending')
    return <WaitingTime since={task.waitingFor?.since ?? task.createdAt} />
  return <EndTimes task={task} />
}

function RunningTimes({ task }: { readonly task: TaskView }) {
  const text = useText().tasks.state
  const now = useNow()
  const { estimatedTimeRemaining: left } = task
  return (
    <span className="figures">
      {formatDuration(now - (task.startedAt ?? now))}
      {left !== undefined && ` · ${text.left(formatDuration(left * 1000))}`}
    </span>
  )
}

/** How far the estimate of a running task may be off; null where there is none. */
export function rangeText({ state, estimatedRange: range }: TaskView): string | null {
  if (state !== 'running' || range === undefined) return null
  const [least, most] = [formatDuration(range.low * 1000), formatDuration(range.high * 1000)]
  return currentText().tasks.state.range(least, most)
}

/** Since when a running task has shown no sign of life; null of one that does. */
export function stallText({ stalled }: TaskView): string | null {
  if (stalled === undefined) return null
  return currentText().tasks.state.stalled(formatMoment(stalled.since, Date.now()))
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
