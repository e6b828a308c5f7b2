import type { TaskId } from '../../../shared/model/ids.js'
import type { InboxCounts, InboxItem } from '../../../shared/model/inbox.js'
import type { Place } from '../../../shared/model/place.js'
import { DEFAULT_PREFERENCES, type Preferences } from '../../../shared/model/preferences.js'
import type { TaskView } from '../../../shared/model/task.js'
import type { HeardEvent } from './host-client.js'

/** How many results are offered again. */
export const MOST_RECENT = 5

/** How much of what waits is named; the rest is only counted. */
export const MOST_WAITING = 5

export interface RunningTask {
  readonly id: TaskId
  readonly description: string
  /** 0 to 100. */
  readonly progress: number
  readonly isPart: boolean
}

export interface EndedTask {
  readonly id: TaskId
  readonly description: string
  readonly state: 'completed' | 'failed' | 'cancelled'
}

/** Something that waits for the person, and where. */
export interface WaitingItem {
  readonly title: string
  readonly place: Place
}

/** How much waits for the person. */
export interface Waits {
  /** Holds up work until there is an answer. */
  readonly answers: number
  readonly failures: number
  /** As the inbox of the window counts. */
  readonly total: number
}

/** All that tray, taskbar and the like show, whichever process the host is. */
export interface DesktopState {
  readonly isConnected: boolean
  readonly isPaused: boolean
  readonly runningCount: number
  readonly waitingCount: number
  readonly running: readonly RunningTask[]
  readonly waits: Waits
  /** What holds up work first. */
  readonly items: readonly WaitingItem[]
  /** Newest first; parts of larger tasks are left out. */
  readonly recent: readonly EndedTask[]
  readonly preferences: Preferences
}

export const NO_STATE: DesktopState = {
  isConnected: false,
  isPaused: false,
  runningCount: 0,
  waitingCount: 0,
  running: [],
  waits: { answers: 0, failures: 0, total: 0 },
  items: [],
  recent: [],
  preferences: DEFAULT_PREFERENCES,
}

/** Mean of all that run, 0 to 1; null where nothing runs, or nothing has told how far it is. */
export function meanProgress({ running }: DesktopState): number | null {
  if (!running.some(({ progress }) => progress > 0)) return null
  return running.reduce((sum, { progress }) => sum + progress, 0) / running.length / 100
}

/** What an event tells of by itself; lists are read from the host (`outdates`). */
export function afterEvent(state: DesktopState, event: HeardEvent): DesktopState {
  switch (event.name) {
    case 'task.progress':
      return withProgress(state, event.params.taskId, event.params.progress)
    case 'queue.changed':
      return { ...state, isPaused: event.params.paused }
    case 'settings.changed':
      return { ...state, preferences: event.params.preferences }
    default:
      return state
  }
}

const MOVES: ReadonlySet<string> = new Set([
  'task.created',
  'task.started',
  'task.waiting',
  'task.completed',
  'task.failed',
  'task.cancelled',
  'queue.changed',
])

/** What has to be read again after an event. */
export function outdates({ name }: HeardEvent): 'tasks' | 'inbox' | null {
  if (name === 'inbox.changed') return 'inbox'
  return MOVES.has(name) ? 'tasks' : null
}

export function runningFrom(tasks: readonly TaskView[]): readonly RunningTask[] {
  const ids = new Set(tasks.map(({ id }) => id))
  return tasks.map(({ id, description, progress, parentId }) => ({
    id,
    description,
    progress,
    isPart: parentId !== undefined && ids.has(parentId),
  }))
}

/** @param items what holds up work first */
export function waitsFrom(
  { byKind, total }: InboxCounts,
  items: readonly InboxItem[],
): Pick<DesktopState, 'waits' | 'items'> {
  const { model, question, plan, failure } = byKind
  return {
    waits: { answers: model + question + plan, failures: failure, total },
    items: items.map((item) => ({ title: item.title, place: placeOf(item) })),
  }
}

function placeOf(item: InboxItem): Place {
  const { kind, taskId, conversationId } = item
  if (kind === 'question') return { kind: 'question', blockerId: item.blocker.id }
  if (kind === 'model') return { kind: 'settings', section: 'model' }
  if (taskId !== undefined) return { kind: 'task', taskId }
  return conversationId === undefined ? { kind: 'inbox' } : { kind: 'conversation', conversationId }
}

/** Ended tasks, last ended first. */
export function recentFrom(tasks: readonly TaskView[]): readonly EndedTask[] {
  return tasks
    .filter(({ completedAt, parentId }) => completedAt !== undefined && parentId === undefined)
    .toSorted((a, b) => (b.completedAt ?? 0) - (a.completedAt ?? 0))
    .flatMap(ended)
    .slice(0, MOST_RECENT)
}

/** Takes up tasks that have just ended, in the order in which they did. */
export function withEnded(
  recent: readonly EndedTask[],
  tasks: readonly TaskView[],
): readonly EndedTask[] {
  const roots = tasks
    .filter(({ parentId }) => parentId === undefined)
    .flatMap(ended)
    .toReversed()
  const others = recent.filter(({ id }) => !roots.some((root) => root.id === id))
  return [...roots, ...others].slice(0, MOST_RECENT)
}

function ended({ id, description, state }: TaskView): readonly EndedTask[] {
  return state === 'pending' || state === 'running' ? [] : [{ id, description, state }]
}

function withProgress(state: DesktopState, taskId: TaskId, progress: number): DesktopState {
  const known = state.running.find(({ id }) => id === taskId)
  if (known === undefined || known.progress === progress) return state
  const running = state.running.map((task) => (task === known ? { ...task, progress } : task))
  return { ...state, running }
}
