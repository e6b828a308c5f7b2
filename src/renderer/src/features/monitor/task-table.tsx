import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react'
import { VList } from 'virtua'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskView } from '../../../../shared/model/task.js'
import type { Sort, TaskOrder } from '../../../../shared/model/task-order.js'
import { setMonitorSort, useMonitor } from '../../stores/monitor.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { moveFocus } from '../../ui/move-focus.js'
import { useNow } from '../../ui/time.js'
import { among, NOTHING_SELECTED, selected, toggledAll } from './selection.js'
import { SelectionBar } from './selection-bar.js'
import { COLUMNS } from './table-columns.js'
import { TableRow } from './table-row.js'
import { sorted } from './task-filter.js'

/** One row for each task, sorted by any column, with any number of them selected. */
export function TaskTable({ tasks }: { readonly tasks: readonly TaskView[] }) {
  const text = useText().monitor
  const sort = useMonitor((state) => state.sort)
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const rows = useSorted(tasks, sort)
  const order = useMemo(() => rows.map(({ id }) => id), [rows])
  const chosen = among(selection, order)
  const latestOrder = useRef(order)
  latestOrder.current = order
  // The same for every render, so that a row is drawn anew for its own task alone.
  const select = useCallback(
    (id: TaskId, range: boolean) =>
      setSelection((before) => selected(before, id, latestOrder.current, range)),
    [],
  )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      setSelection((before) => toggledAll(before, order))
      return
    }
    if (event.key === 'Escape' && chosen.length > 0) {
      event.stopPropagation()
      setSelection(NOTHING_SELECTED)
      return
    }
    const id = document.activeElement?.getAttribute('data-task') as TaskId | null
    if (event.key === ' ' && id !== null) {
      event.preventDefault()
      select(id, event.shiftKey)
      return
    }
    moveFocus(event)
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
      <div className="shrink-0 border-b">
        <div className={cx(COLUMNS, 'h-8 px-3 text-muted text-xs')}>
          <span className="flex items-center">
            <input
              type="checkbox"
              aria-label={text.selectAll}
              checked={chosen.length > 0 && chosen.length === order.length}
              ref={(box) => {
                if (box) box.indeterminate = chosen.length > 0 && chosen.length < order.length
              }}
              onChange={() => setSelection((before) => toggledAll(before, order))}
            />
          </span>
          {(['task', 'state', 'priority', 'created', 'duration', 'cost'] as const).map((key) => (
            <SortHeader key={key} column={key} sort={sort} />
          ))}
        </div>
      </div>
      <VList data={rows} itemSize={44} className="min-h-0 flex-1 py-1">
        {(task, index) => (
          <TableRow
            key={task.id}
            task={task}
            index={index}
            selected={selection.ids.has(task.id)}
            onSelect={select}
          />
        )}
      </VList>
      {chosen.length > 0 && (
        <SelectionBar
          tasks={rows.filter(({ id }) => selection.ids.has(id))}
          onDone={() => setSelection(NOTHING_SELECTED)}
        />
      )}
    </div>
  )
}

/** Sorted anew when a task changes; by a time that goes on, also as it goes on. */
function useSorted(tasks: readonly TaskView[], sort: Sort): readonly TaskView[] {
  const at = useNow(sort.key === 'duration')
  return useMemo(() => sorted(tasks, sort, at), [tasks, sort, at])
}

interface SortHeaderProps {
  readonly column: TaskOrder
  readonly sort: Sort
}

/** Columns of which more is what a person looks for. */
const HIGHEST_FIRST: readonly TaskOrder[] = ['priority', 'created', 'duration', 'cost']

function SortHeader({ column, sort }: SortHeaderProps) {
  const text = useText().monitor
  const isBy = sort.key === column
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  const descending = isBy ? !sort.descending : HIGHEST_FIRST.includes(column)
  return (
    <span className={cx('min-w-0', HIDDEN[column])}>
      <button
        type="button"
        aria-pressed={isBy}
        title={text.sortBy(text.columns[column])}
        onClick={() => setMonitorSort({ key: column, descending })}
        className={cx('flex h-6 items-center gap-1 rounded hover:text-text', isBy && 'text-text')}
      >
        <span className="truncate">{text.columns[column]}</span>
        {isBy && <Arrow aria-hidden size={12} />}
        {isBy && (
          <span className="sr-only">{sort.descending ? text.descending : text.ascending}</span>
        )}
      </button>
    </span>
  )
}

const HIDDEN: Readonly<Partial<Record<TaskOrder, string>>> = {
  priority: '@max-2xl:hidden',
  created: '@max-3xl:hidden',
  cost: '@max-4xl:hidden',
}
