import { create } from 'zustand'
import type { TaskId } from '../../../shared/model/ids.js'
import { remember, remembered } from './storage.js'

export const MONITOR_VIEWS = ['list', 'board', 'tree', 'timeline'] as const
export type MonitorView = (typeof MONITOR_VIEWS)[number]

const VIEW = 'monitor-view'

export interface MonitorState {
  /** How all tasks are pictured. */
  readonly view: MonitorView
  /** Of the tree: what a person has folded. */
  readonly folded: ReadonlySet<TaskId>
}

export const useMonitor = create<MonitorState>(() => ({
  view: MONITOR_VIEWS.find((view) => view === remembered(VIEW)) ?? 'list',
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
