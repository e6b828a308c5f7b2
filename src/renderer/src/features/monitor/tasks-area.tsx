import { useIsWide } from '../../app/is-wide.js'
import {
  type MonitorView,
  NO_FILTER,
  setMonitorFilter,
  type TaskFilter,
  useMonitor,
} from '../../stores/monitor.js'
import { useTasks } from '../../stores/tasks.js'
import { showArea, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { SkeletonRows } from '../../ui/pane.js'
import { OlderTasks } from '../tasks/older-tasks.js'
import { TaskDetail } from '../tasks/task-detail.js'
import { MonitorToolbar } from './monitor-toolbar.js'
import { TaskBoard } from './task-board.js'
import { isFiltering } from './task-filter.js'
import { TaskTable } from './task-table.js'
import { TaskTree } from './task-tree.js'
import { Timeline } from './timeline/timeline.js'
import { useMonitored } from './use-monitored.js'

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
      {loaded ? (
        <Content view={view} filter={filter} onClear={() => setMonitorFilter(NO_FILTER)} />
      ) : (
        <SkeletonRows rows={8} />
      )}
    </section>
  )
}

interface ContentProps {
  readonly view: MonitorView
  readonly filter: TaskFilter
  readonly onClear: () => void
}

function Content({ view, filter, onClear }: ContentProps) {
  const tasks = useMonitored(filter)
  if (tasks.length === 0) return <Nothing filter={filter} onClear={onClear} />
  switch (view) {
    case 'list':
      return (
        <>
          <TaskTable tasks={tasks} />
          <OlderTasks />
        </>
      )
    case 'board':
      return <TaskBoard tasks={tasks} />
    case 'tree':
      return (
        <>
          <TaskTree tasks={tasks} />
          <OlderTasks />
        </>
      )
    case 'timeline':
      return <Timeline tasks={tasks} />
  }
}

function Nothing({ filter, onClear }: Omit<ContentProps, 'view'>) {
  const text = useText().monitor
  const filtering = isFiltering(filter)
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-8 text-center">
      <p className="font-medium">{filtering ? text.noMatch : text.empty}</p>
      {filtering ? (
        <div className="flex flex-wrap justify-center gap-2">
          <Button small onClick={onClear}>
            {text.filter.clear}
          </Button>
          <Button small onClick={() => showArea('history')}>
            {text.searchAll}
          </Button>
        </div>
      ) : (
        <p className="max-w-96 text-muted">{text.emptyHint}</p>
      )}
    </div>
  )
}
