import { Ban, Circle, CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import { type TaskState, type TaskView, tookMs } from '../../../../shared/model/task.js'
import { currentText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { formatDuration } from '../../ui/format.js'

const ICONS = {
  pending: { icon: CircleDashed, color: 'text-muted' },
  running: { icon: Circle, color: 'text-accent-text' },
  completed: { icon: CircleCheck, color: 'text-good' },
  failed: { icon: CircleAlert, color: 'text-bad' },
  cancelled: { icon: Ban, color: 'text-muted' },
} as const

interface StateIconProps {
  readonly state: TaskState
  readonly small?: boolean
}

/** The state is always written out beside it, so the icon is only for the eye. */
export function StateIcon({ state, small }: StateIconProps) {
  const { icon: Icon, color } = ICONS[state]
  const size = small ? 13 : 15
  if (state === 'running') {
    return (
      <span
        aria-hidden
        className="inline-grid shrink-0 place-items-center"
        style={{ width: size, height: size }}
      >
        <span className="busy-dot" />
      </span>
    )
  }
  return <Icon aria-hidden size={size} strokeWidth={1.75} className={cx('shrink-0', color)} />
}

/** `Completed in 1m 20s`, `Failed within 1s`: how a task ended and after how long; before that how it stands. */
export function endText(task: TaskView): string {
  const { monitor, tasks } = currentText()
  const { state, error } = task
  const took = tookMs(task)
  if (state === 'pending' || state === 'running' || took === null) return monitor.states[state]
  const { atOnce, inTime, atLeast } = tasks.state
  if (error?.code === 'interrupted') {
    // When the program ended is not known, only when the task was last seen to run.
    return took < 1000
      ? monitor.states[state]
      : atLeast(monitor.states[state], formatDuration(took))
  }
  return took < 1000 ? atOnce[state] : inTime[state](formatDuration(took))
}
