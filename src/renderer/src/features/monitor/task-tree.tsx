import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, memo, useMemo } from 'react'
import { VList } from 'virtua'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskView } from '../../../../shared/model/task.js'
import { setFolded, USUAL_SORT, useMonitor } from '../../stores/monitor.js'
import { treeBelow } from '../../stores/task-tree.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { moveFocus } from '../../ui/move-focus.js'
import { StateIcon } from '../tasks/task-state.js'
import { TaskTimes } from '../tasks/task-times.js'
import { TypeIcon } from '../tasks/type-icon.js'
import { sorted } from './task-filter.js'
import { type TreeRow, treeRows } from './tree-rows.js'

const INDENT_PX = 20

/** Tasks below those that started them. Right opens, Left closes, as in every tree. */
export function TaskTree({ tasks }: { readonly tasks: readonly TaskView[] }) {
  const text = useText().monitor
  const folded = useMonitor((state) => state.folded)
  const rows = useMemo(
    () => treeRows(sorted(tasks, USUAL_SORT, 0), (id) => !folded.has(id)),
    [tasks, folded],
  )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const id = document.activeElement?.getAttribute('data-task')
    const row = rows.find(({ task }) => task.id === id)
    if (row !== undefined && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      event.preventDefault()
      const isOpen = row.children > 0 && !folded.has(row.task.id)
      if (event.key === 'ArrowLeft' ? isOpen : row.children > 0 && !isOpen) {
        setFolded(row.task.id, isOpen)
        return
      }
      // As in every tree: from a closed one to its parent, from an open one to its first child.
      const next =
        event.key === 'ArrowLeft' ? row.task.parentId : rows[rows.indexOf(row) + 1]?.task.id
      if (event.key === 'ArrowLeft' || isOpen) focusTask(event.currentTarget, next)
      return
    }
    moveFocus(event)
  }
  return (
    <div
      role="tree"
      aria-label={text.title}
      className="flex min-h-0 flex-1 flex-col"
      onKeyDown={onKeyDown}
    >
      <VList data={rows} itemSize={34} className="min-h-0 flex-1 py-1">
        {(row, index) => (
          <TreeLine
            key={row.task.id}
            row={row}
            first={index === 0}
            open={!folded.has(row.task.id)}
          />
        )}
      </VList>
    </div>
  )
}

interface TreeLineProps {
  readonly row: TreeRow
  readonly first: boolean
  readonly open: boolean
}

const TreeLine = memo(function TreeLine({ row, first, open }: TreeLineProps) {
  const { task, level, children } = row
  const text = useText().monitor
  const shown = useView((view) => view.taskId === task.id)
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={shown}
      {...(children > 0 && { 'aria-expanded': open })}
      data-row
      data-task={task.id}
      tabIndex={first ? 0 : -1}
      onClick={() => showTask(task.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') showTask(task.id)
      }}
      style={{ paddingLeft: 12 + (level - 1) * INDENT_PX }}
      className={cx(
        'flex h-[34px] cursor-default items-center gap-2 pr-4 hover:bg-hover',
        shown && 'bg-selected hover:bg-selected',
      )}
    >
      {children > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={open ? text.fold(task.description) : text.unfold(task.description)}
          onClick={(event) => {
            event.stopPropagation()
            setFolded(task.id, open)
          }}
          className="flex size-5 shrink-0 items-center justify-center rounded hover:bg-hover"
        >
          <Chevron aria-hidden size={14} />
        </button>
      ) : (
        <span className="w-5 shrink-0" />
      )}
      <TypeIcon type={task.type} />
      <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
        {task.description}
      </span>
      {children > 0 && <Below task={task} />}
      <span className="flex w-32 shrink-0 items-center gap-1.5 text-muted text-xs max-sm:w-auto">
        <StateIcon state={task.state} small />
        <span className="truncate max-sm:sr-only">{text.states[task.state]}</span>
      </span>
      <span className="w-24 shrink-0 text-right text-muted text-xs max-sm:hidden">
        <TaskTimes task={task} />
      </span>
    </div>
  )
})

/** Of everything below it, also what the filters leave out. */
function Below({ task: { id, createdAt } }: { readonly task: TaskView }) {
  const text = useText().monitor
  const byId = useTasks((state) => state.byId)
  // What is below a task is newer than it.
  const all = useTasks((state) => createdAt >= state.allSince)
  const tree = useMemo(() => treeBelow(byId, id)?.counts, [byId, id])
  if (tree === undefined) return null
  const done = tree.completed
  const total = done + tree.failed + tree.cancelled + tree.running + tree.pending
  return (
    <span className="figures shrink-0 text-muted text-xs">
      {all ? text.partsDone(done, total) : text.partsLoaded(done, total)}
    </span>
  )
}

function focusTask(tree: HTMLElement, id: TaskId | undefined): void {
  if (id !== undefined) tree.querySelector<HTMLElement>(`[data-task="${id}"]`)?.focus()
}
