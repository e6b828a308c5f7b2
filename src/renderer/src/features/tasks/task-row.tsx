import { Play, RotateCcw, X } from 'lucide-react'
import { memo } from 'react'
import type { TaskView } from '../../../../shared/model/task.js'
import { useChanges } from '../../stores/changes.js'
import { hasFailed, useEvidence } from '../../stores/evidence.js'
import { mayRunNow, useQueue, waitOf } from '../../stores/queue.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { IconButton } from '../../ui/icon-button.js'
import { isolated } from '../../ui/isolated.js'
import { ProgressBar } from '../../ui/progress-bar.js'
import { isOpen } from '../changes/change-text.js'
import { useTaskActions } from './task-actions.js'
import { endText, StateIcon } from './task-state.js'
import { rangeText, stallText, TaskTimes } from './task-times.js'
import { TypeIcon } from './type-icon.js'
import { useWaitDetail } from './use-wait-detail.js'

interface TaskRowProps {
  readonly task: TaskView
  readonly first: boolean
}

export const TaskRow = memo(function TaskRow({ task, first }: TaskRowProps) {
  const text = useText().tasks.state
  const running = task.state === 'running'
  const range = rangeText(task)
  return (
    <div className="group relative mx-2 rounded-md hover:bg-hover">
      <button
        type="button"
        data-row
        data-task={task.id}
        tabIndex={first ? 0 : -1}
        onClick={() => showTask(task.id)}
        className="block w-full rounded-md px-2.5 py-2 text-left"
      >
        <span className="flex items-center gap-2">
          <TypeIcon type={task.type} />
          <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
            {task.description}
          </span>
          <span className="flex shrink-0 items-center gap-1.5 text-muted text-xs group-focus-within:opacity-0 group-hover:opacity-0">
            <TaskTimes task={task} />
            {!running && <StateIcon state={task.state} small />}
          </span>
        </span>
        <span className="mt-0.5 flex items-baseline gap-2 pl-[23px] text-muted text-xs">
          <span className={cx('min-w-0 flex-1', running ? 'truncate' : 'line-clamp-2')}>
            <Subline task={task} />
          </span>
          <RowBadge task={task} />
          {range && <span className="sr-only">{range}</span>}
          {running && <span className="figures shrink-0">{Math.round(task.progress)} %</span>}
        </span>
        {running && (
          <ProgressBar value={task.progress} label={text.progress} className="mt-1.5 ml-[23px]" />
        )}
      </button>
      <RowActions task={task} />
    </div>
  )
})

/** What a person may have to look into, although the task goes on or has ended. */
function RowBadge({ task }: { readonly task: TaskView }) {
  const text = useText().tasks.list
  const failed = useEvidence((evidence) => hasFailed(evidence[task.id]))
  const waits = useChanges(({ byTask }) => {
    const worktree = byTask[task.id]
    return worktree !== undefined && isOpen(worktree)
  })
  if (failed) return <span className="shrink-0 text-bad">{text.checksFailed}</span>
  return waits ? <span className="shrink-0 text-accent-text">{text.toReview}</span> : null
}

/** The one thing that matters most in the state that the task is in. */
function Subline({ task }: { readonly task: TaskView }) {
  const { chat, tasks } = useText()
  const text = tasks.state
  const wait = useWaitDetail(task)
  const lead = task.agentType === task.type ? '' : `${isolated(task.agentType)} · `
  switch (task.state) {
    case 'running':
      if (task.stalled) return <span className="text-warn">{stallText(task)}</span>
      return `${lead}${task.currentStep ?? text.working}`
    case 'pending':
      return `${lead}${wait ?? chat.card.startingSoon}`
    case 'failed':
      return text.ended(endText(task), task.error?.message ?? text.noReason)
    default:
      return `${lead}${endText(task)}`
  }
}

function RowActions({ task }: { readonly task: TaskView }) {
  const text = useText().tasks.actions
  const actions = useTaskActions()
  const reason = useQueue((queue) => waitOf(task, queue)?.reason)
  const open = task.state === 'running' || task.state === 'pending'
  return (
    <div
      className={cx(
        'absolute top-1 right-1.5 flex opacity-0',
        'group-focus-within:opacity-100 group-hover:opacity-100',
      )}
    >
      {task.state === 'pending' && reason !== undefined && mayRunNow(reason) && (
        <IconButton small icon={Play} label={text.runNow} onClick={() => actions.runNow(task.id)} />
      )}
      {open && (
        <IconButton small icon={X} label={text.cancel} onClick={() => actions.cancel(task.id)} />
      )}
      {(task.state === 'failed' || task.state === 'cancelled') && (
        <IconButton
          small
          icon={RotateCcw}
          label={text.retry}
          onClick={() => actions.retry(task.id)}
        />
      )}
    </div>
  )
}
