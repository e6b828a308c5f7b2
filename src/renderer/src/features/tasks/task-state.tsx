import { Ban, Circle, CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import type { TaskState, TaskType, TaskView } from '../../../../shared/model/task.js'
import { cx } from '../../ui/class-names.js'
import { formatDuration } from '../../ui/format.js'

export const STATE_LABELS: Readonly<Record<TaskState, string>> = {
  pending: 'Waiting',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const TYPE_LABELS: Readonly<Record<TaskType, string>> = {
  agent_execution: 'Agent',
  orchestration: 'Orchestration',
  analysis: 'Analysis',
  build: 'Build',
  e2e_test: 'E2E test',
  command: 'Command',
}

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

/** `Completed in 1m 20s`, `Failed within 1s`: how a task ended and after how long. */
export function endText(task: TaskView): string {
  const { startedAt, completedAt } = task
  const label = STATE_LABELS[task.state]
  if (startedAt === undefined || completedAt === undefined) return label
  const joint = task.state === 'completed' ? 'in' : 'after'
  const ran = completedAt - startedAt
  return ran < 1000 ? `${label} within 1s` : `${label} ${joint} ${formatDuration(ran)}`
}
