import { create } from 'zustand'
import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import { isTerminal, type TaskResult, type TaskView } from '../../../shared/model/task.js'
import { inLine } from '../../../shared/model/task-order.js'
import type { HostEvent, HostEventOf } from './host-event.js'

export interface TasksState {
  readonly byId: Readonly<Record<TaskId, TaskView>>
  /** How many those are: to ask them would take as long as there are many, and views ask at every event. */
  readonly count: number
  /** `seq` of the event or page that last set a task; older news about it is ignored. */
  readonly seqOf: Readonly<Record<TaskId, number>>
  /** Leads to older tasks; null when all are here. */
  readonly olderCursor: string | null
  /** Epoch ms: all tasks that were submitted later are here. */
  readonly allSince: number
  readonly loaded: boolean
  /** What the host found last; it also looks at what no row shows, such as the output. */
  readonly found: { readonly query: string; readonly ids: ReadonlySet<TaskId> } | null
}

export interface TaskPage {
  readonly tasks: readonly TaskView[]
  readonly nextCursor: string | null
  readonly seq: number
}

export const NO_TASKS: TasksState = {
  byId: {},
  count: 0,
  seqOf: {},
  olderCursor: null,
  allSince: Number.POSITIVE_INFINITY,
  loaded: false,
  found: null,
}

export const useTasks = create<TasksState>(() => NO_TASKS)

export function reduceTasks(state: TasksState, event: HostEvent): TasksState {
  switch (event.name) {
    case 'task.created':
      return set(state, event.params.task, event.params.seq)
    case 'task.started':
    case 'task.progress':
    case 'task.waiting':
    case 'task.updated':
    case 'task.stalled':
    case 'task.completed':
    case 'task.failed':
    case 'task.cancelled': {
      const known = state.byId[event.params.taskId]
      return known === undefined ? state : set(state, changed(known, event), event.params.seq)
    }
    case 'task.removed': {
      const gone = new Set<string>(event.params.taskIds)
      const kept = Object.entries(state.byId).filter(([id]) => !gone.has(id))
      return { ...state, byId: Object.fromEntries(kept), count: kept.length }
    }
    default:
      return state
  }
}

/** Merges tasks that the host listed; what later events told of them wins. */
export function withTasks(state: TasksState, page: Omit<TaskPage, 'nextCursor'>): TasksState {
  const byId = { ...state.byId }
  const seqOf = { ...state.seqOf }
  let { count } = state
  for (const task of page.tasks) {
    if ((seqOf[task.id] ?? -1) > page.seq) continue
    if (byId[task.id] === undefined) count += 1
    byId[task.id] = task
    seqOf[task.id] = page.seq
  }
  return { ...state, byId, count, seqOf }
}

/**
 * Takes over from a task that was read by itself what no event carries; all else is newer here. One that
 * is not known yet is taken as it is, with the lowest rank, since any event about it is newer.
 */
export function withDetails(state: TasksState, read: TaskView): TasksState {
  const known = state.byId[read.id]
  if (known === undefined) return withTasks(state, { tasks: [read], seq: -1 })
  const { usage: _usage, peak: _peak, missed: _missed, ...rest } = known
  const { usage, peak, missed } = read
  const told = {
    ...(usage === undefined ? {} : { usage }),
    ...(peak === undefined ? {} : { peak }),
    ...(missed === undefined ? {} : { missed }),
  }
  return { ...state, byId: { ...state.byId, [read.id]: { ...rest, ...told } } }
}

/** The first page of a fresh load: nothing older is kept. */
export function tasksFrom(page: TaskPage): TasksState {
  return { ...withOlderTasks(NO_TASKS, page), loaded: true }
}

/** The next page of all tasks, newest first. */
export function withOlderTasks(state: TasksState, page: TaskPage): TasksState {
  const { nextCursor, tasks } = page
  const allSince = nextCursor === null ? 0 : (tasks.at(-1)?.createdAt ?? state.allSince)
  return { ...withTasks(state, page), olderCursor: nextCursor, allSince }
}

/** Merges tasks that the host found for a filter. */
export function withFound(
  state: TasksState,
  query: string,
  page: Omit<TaskPage, 'nextCursor'>,
): TasksState {
  const ids = new Set(page.tasks.map(({ id }) => id))
  return { ...withTasks(state, page), found: { query, ids } }
}

/** The tasks that fit the filter, by what their row shows or because the host found them for it. */
export function filteredTasks(
  { byId, found }: Pick<TasksState, 'byId' | 'found'>,
  filter: string,
): readonly TaskView[] {
  const isFound = (task: TaskView) => found?.query === filter && found.ids.has(task.id)
  return Object.values(byId).filter((task) => matchesFilter(task, filter) || isFound(task))
}

export interface TaskGroups {
  readonly running: readonly TaskView[]
  readonly waiting: readonly TaskView[]
  readonly finished: readonly TaskView[]
}

/** Running in the order they began, waiting as they will start, finished newest first. */
export function groupTasks(tasks: readonly TaskView[]): TaskGroups {
  return {
    running: tasks
      .filter((task) => task.state === 'running')
      .sort((a, b) => (a.startedAt ?? a.createdAt) - (b.startedAt ?? b.createdAt)),
    waiting: tasks.filter((task) => task.state === 'pending').sort(inLine),
    finished: tasks
      .filter((task) => isTerminal(task.state))
      .sort((a, b) => (b.completedAt ?? b.createdAt) - (a.completedAt ?? a.createdAt)),
  }
}

/** Every word of the filter must be found in what the row shows. */
function matchesFilter(task: TaskView, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const shown = [
    task.description,
    task.type,
    task.agentType,
    task.state,
    task.id,
    task.command ?? '',
  ]
    .join(' ')
    .toLowerCase()
  return words.every((word) => shown.includes(word))
}

/** Tasks that a conversation started and that have not ended, in the order they were created. */
export function openTasksOf(
  state: TasksState,
  conversationId: ConversationId,
): readonly TaskView[] {
  return Object.values(state.byId)
    .filter((task) => task.conversationId === conversationId && !isTerminal(task.state))
    .sort((a, b) => a.createdAt - b.createdAt)
}

/** How many of the `pending` tasks the queue cancels when it is cleared: recurring ones keep their instant. */
export function clearableCount(state: TasksState, pending: number): number {
  const kept = Object.values(state.byId).filter(
    (task) =>
      task.state === 'pending' &&
      task.scheduleId !== undefined &&
      task.waitingFor?.reason === 'schedule',
  )
  return Math.max(0, pending - kept.length)
}

type TaskChange = HostEventOf<
  | 'task.started'
  | 'task.progress'
  | 'task.waiting'
  | 'task.updated'
  | 'task.stalled'
  | 'task.completed'
  | 'task.failed'
  | 'task.cancelled'
>

function changed(task: TaskView, event: TaskChange): TaskView {
  switch (event.name) {
    case 'task.started': {
      const { waitingFor: _waiting, stalled: _stalled, ...kept } = task
      const { completedAt: _end, error: _error, ...rest } = kept
      const { at, attempt } = event.params
      return { ...rest, state: 'running', attempt, startedAt: at }
    }
    case 'task.progress': {
      const { estimatedTimeRemaining: _old, estimatedRange: _range, ...rest } = task
      const { progress, step, steps, estimatedTimeRemaining, estimatedRange } = event.params
      const eta = estimatedTimeRemaining === undefined ? {} : { estimatedTimeRemaining }
      const range = estimatedRange === undefined ? {} : { estimatedRange }
      return { ...rest, ...eta, ...range, progress, currentStep: step, steps }
    }
    case 'task.waiting': {
      const { completedAt: _end, error: _error, stalled: _stalled, ...rest } = task
      return { ...rest, state: 'pending', waitingFor: event.params.waitingFor }
    }
    case 'task.updated':
      return { ...task, priority: event.params.priority }
    case 'task.stalled': {
      const { stalled: _old, ...rest } = task
      const { stalled } = event.params
      return stalled === null ? rest : { ...rest, stalled }
    }
    case 'task.completed':
      return { ...ended(task, event.params), state: 'completed', progress: 100 }
    case 'task.failed':
      return { ...ended(task, event.params), state: 'failed', error: event.params.error }
    case 'task.cancelled':
      return { ...ended(task, event.params), state: 'cancelled', error: event.params.error }
  }
}

function ended(
  task: TaskView,
  { at, result }: { readonly at: number; readonly result: TaskResult },
): TaskView {
  const { waitingFor: _waiting, estimatedTimeRemaining: _eta, ...kept } = task
  const { estimatedRange: _range, stalled: _stalled, ...rest } = kept
  return { ...rest, completedAt: at, runningMs: result.metrics.duration * 1000 }
}

function set(state: TasksState, task: TaskView, seq: number): TasksState {
  if (seq <= (state.seqOf[task.id] ?? -1)) return state
  return {
    ...state,
    byId: { ...state.byId, [task.id]: task },
    count: state.byId[task.id] === undefined ? state.count + 1 : state.count,
    seqOf: { ...state.seqOf, [task.id]: seq },
  }
}
