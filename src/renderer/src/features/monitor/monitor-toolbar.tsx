import { ChartGantt, Columns3, List, ListTree, type LucideIcon, Search, X } from 'lucide-react'
import { useMemo } from 'react'
import { TaskState, TaskType, type TaskView } from '../../../../shared/model/task.js'
import { useRead } from '../../app/use-read.js'
import {
  MONITOR_VIEWS,
  type MonitorView,
  NO_FILTER,
  setMonitorView,
  type TaskFilter,
  useMonitor,
} from '../../stores/monitor.js'
import { useTasks } from '../../stores/tasks.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { folderName } from '../../ui/format.js'
import { IconButton } from '../../ui/icon-button.js'
import { Tooltip } from '../../ui/tooltip.js'
import { FilterMenu } from './filter-menu.js'
import { isFiltering } from './task-filter.js'

interface MonitorToolbarProps {
  readonly filter: TaskFilter
  readonly onFilter: (filter: TaskFilter) => void
}

export function MonitorToolbar({ filter, onFilter }: MonitorToolbarProps) {
  const text = useText().monitor
  const set = (change: Partial<TaskFilter>) => onFilter({ ...filter, ...change })
  const { agents, workspaces } = useNames()
  return (
    <header className="flex min-h-(--pane-header) shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b px-3 py-1.5">
      <h2 className="font-semibold max-md:sr-only">{text.title}</h2>
      <ViewSwitch />
      <label className="flex h-7 w-36 @3xl:w-52 items-center gap-1.5 rounded-md border bg-surface px-2 focus-within:border-accent-text">
        <Search aria-hidden size={13} className="shrink-0 text-faint" />
        <span className="sr-only">{text.filter.text}</span>
        <input
          type="search"
          placeholder={text.filter.placeholder}
          value={filter.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
          className="w-full min-w-0 bg-transparent outline-none"
        />
      </label>
      <FilterMenu
        name={text.filter.state}
        options={TaskState.options.map((state) => [state, text.states[state]] as const)}
        chosen={filter.states}
        onChange={(states) => set({ states })}
      />
      <FilterMenu
        name={text.filter.type}
        options={TaskType.options.map((type) => [type, text.types[type]] as const)}
        chosen={filter.types}
        onChange={(types) => set({ types })}
      />
      <FilterMenu
        name={text.filter.agent}
        options={agents.map((name) => [name, name] as const)}
        chosen={filter.agents}
        onChange={(chosen) => set({ agents: chosen })}
      />
      <FilterMenu
        name={text.filter.workspace}
        options={workspaces.map((path) => [path, folderName(path)] as const)}
        chosen={filter.workspaces}
        onChange={(chosen) => set({ workspaces: chosen })}
      />
      {isFiltering(filter) && (
        <IconButton small icon={X} label={text.filter.clear} onClick={() => onFilter(NO_FILTER)} />
      )}
    </header>
  )
}

/** What there is to choose from: the names that tasks of the host have, and those of tasks that came since. */
function useNames() {
  const byId = useTasks((state) => state.byId)
  const { value } = useRead('task.list', { names: true, limit: 1 }, '')
  const known = value?.names
  return useMemo(() => {
    const tasks = Object.values(byId)
    const distinct = (told: readonly string[] = [], of: (task: TaskView) => string) =>
      [...new Set([...told, ...tasks.map(of)])].sort()
    return {
      agents: distinct(known?.agentTypes, ({ agentType }) => agentType),
      workspaces: distinct(known?.workspaces, ({ workspace }) => workspace),
    }
  }, [byId, known])
}

const ICONS: Readonly<Record<MonitorView, LucideIcon>> = {
  list: List,
  board: Columns3,
  tree: ListTree,
  timeline: ChartGantt,
}

function ViewSwitch() {
  const text = useText().monitor
  const current = useMonitor((state) => state.view)
  return (
    <fieldset aria-label={text.views.label} className="flex rounded-md border bg-surface p-px">
      {MONITOR_VIEWS.map((view) => {
        const Icon = ICONS[view]
        return (
          <Tooltip key={view} text={text.views[view]}>
            <button
              type="button"
              aria-pressed={view === current}
              onClick={() => setMonitorView(view)}
              className={cx(
                'flex h-6 items-center gap-1.5 rounded-[5px] px-2 text-xs',
                view === current ? 'bg-selected' : 'text-muted hover:bg-hover hover:text-text',
              )}
            >
              <Icon aria-hidden size={14} strokeWidth={1.75} />
              <span className="@max-4xl:sr-only">{text.views[view]}</span>
            </button>
          </Tooltip>
        )
      })}
    </fieldset>
  )
}
