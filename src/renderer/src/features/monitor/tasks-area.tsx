import type { Sort } from '../../../../shared/model/task-order.js'
import { useIsWide } from '../../app/is-wide.js'
import {
  type MonitorView,
  NO_FILTER,
  setMonitorFilter,
  type TaskFilter,
  USUAL_SORT,
  useMonitor,
} from '../../stores/monitor.js'
import { useTasks } from '../../stores/tasks.js'
import { useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { SkeletonRows } from '../../ui/pane.js'
import { TaskDetail } from '../tasks/task-detail.js'
import { ListEnd } from './list-end.js'
import { MonitorToolbar } from './monitor-toolbar.js'
import { NoTasks } from './no-tasks.js'
import { TaskBoard } from './task-board.js'
import { isFiltering } from './task-filter.js'
import { TaskTable } from './task-table.js'
import { TaskTree } from './task-tree.js'
import { Timeline } from './timeline/timeline.js'
import { useListing } from './use-listing.js'

/** All tasks: as a list, a board, a tree or on a timeline, with one of them in full at the side. */
export function TasksArea() {
  const wide = useIsWide()
  const taskId = useView((view) => view.taskId)
  const detail = taskId !== null && <TaskDetail key={taskId} taskId={taskId} />
  // In a narrow window there is room for one of the two; what is out of sight keeps its place.
  return (
    <div className="flex h-full min-w-0">
      <div className={cx('min-w-0 flex-1', !wide && detail && 'hidden')}>
        <Monitor />
      </div>
      {detail && (
        <div className={wide ? 'w-104 shrink-0 border-l' : 'min-w-0 flex-1'}>{detail}</div>
      )}
    </div>
  )
}

function Monitor() {
  const text = useText().monitor
  const view = useMonitor((state) => state.view)
  const loaded = useTasks((state) => state.loaded)
  const filter = useMonitor((state) => state.filter)
  return (
    <section aria-label={text.title} className="@container flex h-full flex-col bg-bg">
      <MonitorToolbar filter={filter} onFilter={setMonitorFilter} />
      {loaded ? <Content view={view} filter={filter} /> : <SkeletonRows rows={8} />}
    </section>
  )
}

interface ContentProps {
  readonly view: MonitorView
  readonly filter: TaskFilter
}

function Content({ view, filter }: ContentProps) {
  const sort = useMonitor((state) => state.sort)
  const isEmpty = useTasks((state) => state.count === 0)
  if (isEmpty && !isFiltering(filter)) return <NoTasks filter={NO_FILTER} />
  switch (view) {
    case 'list':
      return <Listed as={TaskTable} filter={filter} sort={sort} />
    case 'board':
      return <TaskBoard filter={filter} />
    case 'tree':
      return <Listed as={TaskTree} filter={filter} sort={USUAL_SORT} />
    case 'timeline':
      return <Timeline filter={filter} />
  }
}

interface ListedProps {
  readonly as: typeof TaskTable | typeof TaskTree
  readonly filter: TaskFilter
  readonly sort: Sort
}

function Listed({ as: View, filter, sort }: ListedProps) {
  const listing = useListing({ filter, sort })
  const { tasks, hasMore, asking, error } = listing
  if (tasks.length === 0 && asking) return <SkeletonRows rows={8} />
  if (tasks.length === 0 && !hasMore && error === null) return <NoTasks filter={filter} />
  return (
    <>
      <View tasks={tasks} />
      <ListEnd listing={listing} />
    </>
  )
}
