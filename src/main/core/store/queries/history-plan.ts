import type { HistoryFilter } from '../../../../shared/model/history.js'
import { fold, indexedForm } from '../../tasks/search-text.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import { matchOf, type SearchIndex } from './search-match.js'

/** How one kind of entry is gone through, the newest first. */
export interface KindPlan {
  /** What the index is asked for; null where it is of no use. */
  readonly match: string | null
  /** The lowest ordinal that can be meant, and the one behind the highest. */
  readonly floor: number
  readonly end: number
}

/** What is decided once for all steps of a search. Plain data: it goes to a thread and back. */
export interface HistoryPlan {
  readonly filter: HistoryFilter
  /** Folded; empty without a query. */
  readonly needle: string
  /** Null: none of that kind is wanted. */
  readonly task: KindPlan | null
  readonly message: KindPlan | null
}

const OF_TASKS_ALONE = ['type', 'state', 'agent', 'workspace'] as const

export function planHistory(db: ReadDb, filter: HistoryFilter): HistoryPlan {
  const needle = fold(filter.query?.trim() ?? '')
  const { kinds = ['task', 'message'] } = filter
  const withMessages = OF_TASKS_ALONE.every((name) => filter[name] === undefined)
  const plan = (table: 'tasks' | 'messages', index: SearchIndex): KindPlan => {
    const asked = needle === '' ? null : indexedForm(needle)
    const match = asked === null ? null : matchOf(db, asked, index)
    return { match, ...boundsOf(db, table, filter) }
  }
  return {
    filter,
    needle,
    task: kinds.includes('task') ? plan('tasks', 'task_search') : null,
    message: kinds.includes('message') && withMessages ? plan('messages', 'message_search') : null,
  }
}

/** Ordinals follow time but for changes of the clock, so that each entry is asked for its time besides. */
function boundsOf(
  db: ReadDb,
  table: 'tasks' | 'messages',
  { from, to }: HistoryFilter,
): Pick<KindPlan, 'floor' | 'end'> {
  if (from === undefined && to === undefined) return { floor: 1, end: Number.MAX_SAFE_INTEGER }
  const index = `${table}_by_creation`
  const row = statement(
    db,
    `SELECT min(ordinal) AS first, max(ordinal) AS last FROM ${table} INDEXED BY ${index}
     WHERE created_at_ms >= @from AND created_at_ms < @to`,
  ).get(timesOf({ from, to })) as { first: number | null; last: number | null }
  return { floor: row.first ?? 1, end: (row.last ?? 0) + 1 }
}

export function timesOf({ from, to }: HistoryFilter) {
  return { from: from ?? Number.MIN_SAFE_INTEGER, to: to ?? Number.MAX_SAFE_INTEGER }
}
