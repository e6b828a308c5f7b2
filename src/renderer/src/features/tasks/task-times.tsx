import type { EstimatedRange, TaskView } from '../../../../shared/model/task.js'
import { cx } from '../../ui/class-names.js'
import { formatAgo, formatDuration } from '../../ui/format.js'
import { useNow } from '../../ui/time.js'

interface TaskTimesProps {
  readonly task: TaskView
  /** There is room for how far the estimate may be off; elsewhere only screen readers tell it. */
  readonly roomy?: boolean
}

/** How long a task runs, and how long it still will; how long it waits; or when it ended. */
export function TaskTimes({ task, roomy = false }: TaskTimesProps) {
  if (task.state === 'running') return <RunningTimes task={task} roomy={roomy} />
  if (task.state === 'pending')
    return <WaitingTime since={task.waitingFor?.since ?? task.createdAt} />
  return <EndTimes task={task} />
}

function RunningTimes({ task, roomy = false }: TaskTimesProps) {
  const now = useNow()
  const { estimatedTimeRemaining: left, estimatedRange: range } = task
  return (
    <span className="figures">
      {formatDuration(now - (task.startedAt ?? now))}
      {left !== undefined && <> · {formatDuration(left * 1000)} left</>}
      {range && <span className={cx(!roomy && 'sr-only')}>, {rangeText(range)}</span>}
    </span>
  )
}

/** How far the estimate may be off, as the data allow. */
function rangeText({ low, high }: EstimatedRange): string {
  return `between ${formatDuration(low * 1000)} and ${formatDuration(high * 1000)}`
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
