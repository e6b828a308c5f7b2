import { create } from 'zustand'
import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskState, TaskType } from '../../../shared/model/task.js'
import type { Sort } from '../../../shared/model/task-order.js'
import { remember, remembered } from './storage.js'

export const MONITOR_VIEWS = ['list', 'board', 'tree', 'timeline'] as const
export type MonitorView = (typeof MONITOR_VIEWS)[number]

/** Which tasks are shown. An empty list lets all of a kind through. */
export interface TaskFilter {
  readonly text: string
  readonly states: readonly TaskState[]
  readonly types: readonly TaskType[]
  readonly agents: readonly string[]
  readonly workspaces: readonly string[]
}

export const NO_FILTER: TaskFilter = { text: '', states: [], types: [], agents: [], workspaces: [] }

/** What is under way stands first, then what is newest. */
export const USUAL_SORT: Sort = { key: 'state', descending: false }

const VIEW = 'monitor-view'

export interface MonitorState {
  /** How all tasks are pictured. */
  readonly view: MonitorView
  readonly filter: TaskFilter
  /** Of the list. */
  readonly sort: Sort
  /** Of the tree: what a person has folded. */
  readonly folded: ReadonlySet<TaskId>
}

export const useMonitor = create<MonitorState>(() => ({
  view: MONITOR_VIEWS.find((view) => view === remembered(VIEW)) ?? 'list',
  filter: NO_FILTER,
  sort: USUAL_SORT,
  folded: new Set(),
}))

export function setMonitorView(view: MonitorView): void {
  remember(VIEW, view)
  useMonitor.setState({ view })
}

export function setFolded(id: TaskId, folded: boolean): void {
  useMonitor.setState((state) => {
    const next = new Set(state.folded)
    if (folded) next.add(id)
    else next.delete(id)
    return { folded: next }
  })
}

export function setMonitorFilter(filter: TaskFilter): void {
  useMonitor.setState({ filter })
}

export function setMonitorSort(sort: Sort): void {
  useMonitor.setState({ sort })
}
