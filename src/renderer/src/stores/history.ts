import { create } from 'zustand'
import type {
  HistoryEntry,
  HistoryFilter,
  SavedFilter,
  SavedSearch,
} from '../../../shared/model/history.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { HostEvent } from './host-event.js'

/** What the person asks for; the span is kept as it was chosen, so that `week` stays the last seven days. */
export interface HistoryQuestion {
  readonly filter: HistoryFilter
  readonly span: 'any' | 'today' | 'week' | 'month' | 'range'
}

export interface HistoryState {
  readonly question: HistoryQuestion
  /** The newest first; null until the host has answered for the first time. */
  readonly entries: readonly HistoryEntry[] | null
  /** Where older ones follow; null when these are all. */
  readonly cursor: string | null
  readonly searching: boolean
  /** Counts the searches that were answered. */
  readonly round: number
  readonly error: string | null
  readonly selected: ReadonlySet<TaskId>
  /** The entry that is shown at the side. */
  readonly shown: HistoryEntry | null
  readonly comparing: readonly [TaskId, TaskId] | null
  readonly saved: readonly SavedSearch[]
  /** The search field is wanted before it is there. */
  readonly fieldAwaited: boolean
}

export const NO_QUESTION: HistoryQuestion = { filter: {}, span: 'any' }

export const useHistory = create<HistoryState>(() => ({
  question: NO_QUESTION,
  entries: null,
  cursor: null,
  searching: false,
  round: 0,
  error: null,
  selected: new Set(),
  shown: null,
  comparing: null,
  saved: [],
  fieldAwaited: false,
}))

export function askHistory(change: Partial<HistoryQuestion>): void {
  useHistory.setState(({ question }) => ({ question: { ...question, ...change } }))
}

/** Changes what is filtered by; `undefined` takes a filter away. */
export function filterHistory(
  change: {
    readonly [Name in keyof HistoryFilter]: HistoryFilter[Name] | undefined
  },
): void {
  useHistory.setState(({ question }) => {
    const all = Object.entries({ ...question.filter, ...change })
    const filter = Object.fromEntries(all.filter(([, value]) => value !== undefined))
    return { question: { ...question, filter: filter as HistoryFilter } }
  })
}

export function toggleSelected(taskId: TaskId): void {
  useHistory.setState(({ selected }) => {
    const next = new Set(selected)
    if (!next.delete(taskId)) next.add(taskId)
    return { selected: next }
  })
}

export function clearSelected(): void {
  useHistory.setState({ selected: new Set(), comparing: null })
}

export function idOf(entry: HistoryEntry): string {
  return entry.kind === 'task' ? entry.taskId : entry.messageId
}

export function reduceHistory(state: HistoryState, event: HostEvent): HistoryState {
  if (event.name === 'history.savedChanged') return { ...state, saved: event.params.searches }
  if (event.name !== 'task.removed') return state
  const gone = new Set<string>(event.params.taskIds)
  const { entries, selected, shown, comparing } = state
  return {
    ...state,
    entries: entries?.filter((entry) => !gone.has(idOf(entry))) ?? null,
    selected: new Set([...selected].filter((id) => !gone.has(id))),
    shown: shown !== null && gone.has(idOf(shown)) ? null : shown,
    comparing: comparing?.some((id) => gone.has(id)) ? null : comparing,
  }
}

/** Appends a page; an entry that moved between two pages is not shown twice. */
export function withPage(
  { entries }: Pick<HistoryState, 'entries'>,
  page: { readonly entries: readonly HistoryEntry[]; readonly nextCursor: string | null },
): Pick<HistoryState, 'entries' | 'cursor'> {
  const known = new Set(entries?.slice(-page.entries.length).map(idOf))
  const added = page.entries.filter((entry) => !known.has(idOf(entry)))
  return { entries: [...(entries ?? []), ...added], cursor: page.nextCursor }
}

/** The span as instants, on the clock of the person. */
export function filterOf({ filter, span }: HistoryQuestion, now: number): HistoryFilter {
  const days = { today: 0, week: 6, month: 29 } as const
  const query = filter.query?.trim()
  const { query: _, from, to, ...rest } = filter
  const asked = query === undefined || query === '' ? rest : { ...rest, query }
  if (span === 'any') return asked
  if (span === 'range') {
    return {
      ...asked,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    }
  }
  const start = new Date(now)
  start.setHours(0, 0, 0, 0)
  start.setDate(start.getDate() - days[span])
  return { ...asked, from: start.getTime() }
}

/** What is kept of a question; a span that moves with the day does so later as well. */
export function savedFilterOf(question: HistoryQuestion): SavedFilter {
  const { span } = question
  if (span === 'any' || span === 'range') return filterOf(question, 0)
  return { ...filterOf({ ...question, span: 'any' }, 0), span }
}
