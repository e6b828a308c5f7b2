import { isTerminal, type TaskState, type TaskView, tookMs } from '../../../../shared/model/task.js'
import type { TaskFilter } from '../../stores/monitor.js'
import { inLine } from '../../stores/tasks.js'

export function isFiltering(filter: TaskFilter): boolean {
  const { text, ...lists } = filter
  return text.trim() !== '' || Object.values(lists).some((list) => list.length > 0)
}

/** All but the text, which the host looks for too. */
export function fits(task: TaskView, filter: TaskFilter): boolean {
  const has = <T>(list: readonly T[], value: T) => list.length === 0 || list.includes(value)
  return (
    has(filter.states, task.state) &&
    has(filter.types, task.type) &&
    has(filter.agents, task.agentType) &&
    has(filter.workspaces, task.workspace)
  )
}

export const SORT_KEYS = ['task', 'state', 'priority', 'created', 'duration', 'cost'] as const
export type SortKey = (typeof SORT_KEYS)[number]

export interface Sort {
  readonly key: SortKey
  readonly descending: boolean
}

/** What is under way stands first, then what is newest. */
export const USUAL_SORT: Sort = { key: 'state', descending: false }

const ORDER: Readonly<Record<TaskState, number>> = {
  running: 0,
  pending: 1,
  failed: 2,
  cancelled: 2,
  completed: 2,
}

/** A new list in that order; of equal ones the newest first, whichever way. */
export function sorted(tasks: readonly TaskView[], sort: Sort, now: number): readonly TaskView[] {
  const way = sort.descending ? -1 : 1
  return tasks.toSorted(
    (a, b) =>
      way * compare(a, b, sort.key, now) || b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1),
  )
}

function compare(a: TaskView, b: TaskView, key: SortKey, now: number): number {
  switch (key) {
    case 'task':
      return a.description.localeCompare(b.description)
    case 'state':
      return byState(a, b)
    case 'priority':
      return a.priority - b.priority
    case 'created':
      return a.createdAt - b.createdAt
    case 'duration':
      return ranMs(a, now) - ranMs(b, now)
    case 'cost':
      return (a.usage?.costUsd ?? 0) - (b.usage?.costUsd ?? 0)
  }
}

/** Waiting ones among each other as they will start, ended ones by their end. */
function byState(a: TaskView, b: TaskView): number {
  if (a.state === 'pending' && b.state === 'pending') return inLine(a, b)
  if (isTerminal(a.state) && isTerminal(b.state)) {
    return (b.completedAt ?? b.createdAt) - (a.completedAt ?? a.createdAt)
  }
  return ORDER[a.state] - ORDER[b.state]
}

/** How long it has run, in ms; 0 before its start. A clock that was set back makes it short, not negative. */
export function ranMs(task: TaskView, now: number): number {
  const { startedAt, state } = task
  if (startedAt === undefined || state === 'pending') return 0
  return tookMs(task) ?? Math.max(0, now - startedAt)
}
