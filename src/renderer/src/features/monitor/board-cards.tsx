import { type ComponentProps, memo, type ReactNode } from 'react'
import { VList } from 'virtua'
import type { TaskView } from '../../../../shared/model/task.js'
import { showTask, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { ProgressBar } from '../../ui/progress-bar.js'
import { TaskTimes } from '../tasks/task-times.js'
import { TypeIcon } from '../tasks/type-icon.js'
import { useWaitDetail } from '../tasks/use-wait-detail.js'

export function BoardCards({ tasks }: { readonly tasks: readonly TaskView[] }) {
  return (
    <VList data={tasks} className="min-h-0 flex-1 pb-2">
      {(task, index) => <BoardCard key={task.id} task={task} first={index === 0} />}
    </VList>
  )
}

interface BoardCardProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly task: TaskView
  readonly first: boolean
  readonly extra?: ReactNode
}

export const BoardCard = memo(function BoardCard({
  task,
  first,
  extra,
  className,
  ...props
}: BoardCardProps) {
  const shown = useView((view) => view.taskId === task.id)
  const { types } = useText().monitor
  const wait = useWaitDetail(task)
  const line = task.state === 'pending' ? wait : (task.error?.message ?? task.currentStep)
  return (
    <div className="px-2 pb-1.5">
      <button
        type="button"
        data-row
        data-task={task.id}
        tabIndex={first ? 0 : -1}
        onClick={() => showTask(task.id)}
        className={cx(
          'block w-full rounded-md border bg-raised px-2.5 py-2 text-left hover:border-border-strong',
          shown && 'border-accent-text',
          className,
        )}
        {...props}
      >
        <span className="flex items-start gap-2">
          <TypeIcon type={task.type} />
          <span dir="auto" className="line-clamp-2 min-w-0 flex-1 break-words font-medium">
            {task.description}
          </span>
          {extra}
        </span>
        {line && <span className="mt-1 line-clamp-2 break-words text-muted text-xs">{line}</span>}
        <span className="mt-1 flex items-center gap-2 text-faint text-xs">
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {task.agentType === task.type ? types[task.type] : task.agentType}
          </span>
          <TaskTimes task={task} />
        </span>
        {task.state === 'running' && (
          <ProgressBar value={task.progress} label={task.description} className="mt-1.5" />
        )}
      </button>
    </div>
  )
})
