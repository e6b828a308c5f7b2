import { memo } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import { type TaskView, tookMs } from '../../../../shared/model/task.js'
import { ranMs } from '../../../../shared/model/task-order.js'
import { showTask, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { formatDollars, formatDuration, formatMoment } from '../../ui/format.js'
import { useNow } from '../../ui/time.js'
import { StateIcon } from '../tasks/task-state.js'
import { TypeIcon } from '../tasks/type-icon.js'
import { useWaitDetail } from '../tasks/use-wait-detail.js'
import { COLUMNS } from './table-columns.js'

interface TableRowProps {
  readonly task: TaskView
  readonly index: number
  readonly selected: boolean
  readonly onSelect: (id: TaskId, range: boolean) => void
}

export const TableRow = memo(function TableRow({ task, index, selected, onSelect }: TableRowProps) {
  const text = useText().monitor
  const shown = useView((view) => view.taskId === task.id)
  return (
    <div
      className={cx(
        COLUMNS,
        'h-11 px-3 hover:bg-hover',
        (selected || shown) && 'bg-selected hover:bg-selected',
      )}
    >
      <span className="flex items-center">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={text.select(task.description)}
          checked={selected}
          onChange={(event) => {
            const { nativeEvent } = event
            onSelect(task.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
          }}
        />
      </span>
      <span className="min-w-0">
        <button
          type="button"
          data-row
          data-task={task.id}
          tabIndex={index === 0 ? 0 : -1}
          onClick={(event) => {
            if (event.shiftKey || event.ctrlKey || event.metaKey) onSelect(task.id, event.shiftKey)
            else showTask(task.id)
          }}
          className="flex w-full min-w-0 flex-col rounded-md text-left"
        >
          <span className="flex w-full items-center gap-2">
            <TypeIcon type={task.type} />
            <span dir="auto" className="truncate font-medium">
              {task.description}
            </span>
          </span>
          <Subline task={task} />
        </button>
      </span>
      <span className="flex min-w-0 items-center gap-1.5 text-muted">
        <StateIcon state={task.state} small />
        <span className="truncate">{text.states[task.state]}</span>
      </span>
      <span className="figures text-muted @max-2xl:hidden">{task.priority}</span>
      <span className="figures truncate text-muted @max-3xl:hidden">
        {formatMoment(task.createdAt, Date.now())}
      </span>
      <span className="figures text-muted">
        {task.state === 'running' ? <RunningFor task={task} /> : ranText(task)}
      </span>
      <span className="figures text-muted @max-4xl:hidden">
        {task.usage?.costUsd ? formatDollars(task.usage.costUsd) : ''}
      </span>
    </div>
  )
})

function Subline({ task }: { readonly task: TaskView }) {
  const wait = useWaitDetail(task)
  const line =
    task.state === 'running'
      ? [`${Math.round(task.progress)} %`, task.currentStep].filter(Boolean).join(' · ')
      : task.state === 'pending'
        ? wait
        : task.error?.message
  if (!line) return null
  return <span className="w-full truncate pl-[23px] text-muted text-xs">{line}</span>
}

function RunningFor({ task }: { readonly task: TaskView }) {
  return formatDuration(ranMs(task, useNow()))
}

function ranText(task: TaskView): string {
  const took = tookMs(task)
  return took === null ? '' : formatDuration(took)
}
