import { fold, outcomeOf, TRIGRAM } from '../../tasks/search-text.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import { matchOf } from './search-match.js'
import { findShort } from './short-search.js'
import { columnsOf, conditionsOf, conditionsOn, type TaskFilter, valuesOf } from './task-filter.js'

/** What one step found. */
export interface FoundTasks {
  /** Newest first. */
  readonly ordinals: number[]
  /** Where to go on; null when everything was searched. */
  readonly nextOrdinal: number | null
}

/** What is decided once for all steps of a search. */
export interface SearchPlan {
  readonly filter: TaskFilter
  readonly query: string
  readonly needle: string
  /** The index of a column that alone leaves only a few tasks. */
  readonly few: string | null
  /** What the index is asked for; null where the index is of no use. */
  readonly match: string | null
}

/** Tasks that a step looks up in the index, and in the backlog; a few at first: mostly they suffice. */
const LOOKED_UP = [200, 400]
/** Characters that a step compares for either, and what a task costs besides in characters: about 2 ms. */
const COMPARED = 150_000
const COST_OF_TASK = 300
/** Tasks of one state (type, parent, schedule) that are sooner compared than looked up. */
const FEW = 500

interface Candidate {
  readonly ordinal: number
  readonly id: string
  readonly description: string
  readonly error: string | null
}

/** Part of a search: tasks in descending order, complete down to `searchedTo`; 0 is all of them. */
interface Part {
  readonly ordinals: number[]
  readonly searchedTo: number
}

/** What may still be compared for this part of a step. */
interface Allowance {
  characters: number
}

export function planSearch(db: ReadDb, filter: TaskFilter, query: string): SearchPlan {
  const needle = fold(query)
  const few = fewBy(db, filter)
  const isShort = [...needle].length < TRIGRAM
  const match = isShort || few !== null ? null : matchOf(db, needle)
  return { filter, query, needle, few, match }
}

/**
 * The next tasks that have the query as part of a text, also those that the index does not know yet.
 * What a step costs is bounded, so that it holds up nothing else: it may have found fewer tasks than
 * were asked for, even none, although others follow. Tasks may be indexed between steps: each asks
 * the index and the backlog anew, and for the same stretch.
 */
export function searchStep(
  db: ReadDb,
  plan: SearchPlan,
  beforeOrdinal: number | undefined,
  limit: number,
): FoundTasks {
  const filter = { ...plan.filter, beforeOrdinal, limit }
  const { query, needle, few, match } = plan
  if (match === null) {
    if ([...needle].length < TRIGRAM) return joined([findShort(db, filter, query, few)], limit)
    return joined([compareAll(db, filter, few ?? '', needle)], limit)
  }
  // Each with an allowance of its own, or a long backlog would leave the index none.
  const parts = [backlogOf(db), indexedOf(db, match)].map((naming) =>
    lookUp(db, filter, needle, naming),
  )
  return joined(parts, limit)
}

/** Newest first, down to where the part that got least far was searched. */
function joined(parts: readonly Part[], limit: number): FoundTasks {
  const searchedTo = Math.max(...parts.map((part) => part.searchedTo))
  // One that was indexed before it ended is in the index and in the backlog.
  const found = new Set(parts.flatMap((part) => part.ordinals))
  const ordinals = [...found]
    .filter((ordinal) => ordinal >= searchedTo)
    .sort((a, b) => b - a)
    .slice(0, limit)
  if (ordinals.length === limit) return { ordinals, nextOrdinal: ordinals.at(-1) ?? null }
  return { ordinals, nextOrdinal: searchedTo === 0 ? null : searchedTo }
}

/** The index of a column that alone leaves only a few tasks; null without one. */
function fewBy(db: ReadDb, filter: TaskFilter): string | null {
  const few = columnsOf(filter).find(({ condition, index }) => {
    const more = `SELECT 1 FROM tasks INDEXED BY ${index} WHERE ${condition} LIMIT 1 OFFSET ${FEW}`
    return statement(db, more).get(valuesOf(filter)) === undefined
  })
  return few?.index ?? null
}

const CANDIDATE = 'tasks.ordinal, tasks.id, tasks.description, tasks.error_message AS error'

function compareAll(db: ReadDb, filter: TaskFilter, index: string, needle: string): Part {
  const rows = statement(
    db,
    `SELECT ${CANDIDATE} FROM tasks INDEXED BY ${index}
     WHERE ${conditionsOf(filter)} ORDER BY tasks.ordinal DESC`,
  ).iterate(valuesOf(filter)) as IterableIterator<Candidate>
  return compare(db, rows, needle, filter.limit, { characters: COMPARED })
}

/** Tasks that may have the text, below an ordinal and newest first. */
type Naming = (before: number, count: number) => number[]

function backlogOf(db: ReadDb): Naming {
  const named = statement(
    db,
    'SELECT ordinal FROM search_backlog WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?',
  ).pluck()
  return (before, count) => named.all(before, count) as number[]
}

function indexedOf(db: ReadDb, match: string): Naming {
  const named = statement(
    db,
    `SELECT rowid FROM task_search WHERE task_search MATCH ? AND rowid < ?
     ORDER BY rowid DESC LIMIT ?`,
  ).pluck()
  return (before, count) => named.all(match, before, count) as number[]
}

/** Has tasks named, a few at a time, and compares those. */
function lookUp(db: ReadDb, filter: TaskFilter, needle: string, naming: Naming): Part {
  const allowance = { characters: COMPARED }
  const ordinals: number[] = []
  let before = valuesOf(filter).beforeOrdinal
  for (const count of LOOKED_UP) {
    const named = naming(before, count)
    const rows = statement(
      db,
      `SELECT ${CANDIDATE} FROM json_each(@named) AS named
       CROSS JOIN tasks ON tasks.ordinal = named.value WHERE ${conditionsOn('named.value', filter)}`,
    ).iterate({ ...valuesOf(filter), named: JSON.stringify(named) }) as IterableIterator<Candidate>
    const part = compare(db, rows, needle, filter.limit - ordinals.length, allowance)
    ordinals.push(...part.ordinals)
    if (part.searchedTo > 0) return { ordinals, searchedTo: part.searchedTo }
    if (named.length < count) return { ordinals, searchedTo: 0 }
    before = named.at(-1) ?? 0
  }
  return { ordinals, searchedTo: before }
}

function compare(
  db: ReadDb,
  candidates: Iterable<Candidate>,
  needle: string,
  limit: number,
  allowance: Allowance,
): Part {
  const ordinals: number[] = []
  for (const candidate of candidates) {
    allowance.characters -= COST_OF_TASK
    if (has(db, candidate, needle, allowance)) ordinals.push(candidate.ordinal)
    if (ordinals.length === limit || allowance.characters <= 0) {
      return { ordinals, searchedTo: candidate.ordinal }
    }
  }
  return { ordinals, searchedTo: 0 }
}

function has(db: ReadDb, candidate: Candidate, needle: string, allowance: Allowance): boolean {
  const { ordinal, id, description, error } = candidate
  allowance.characters -= description.length
  if ([description, id, error ?? ''].some((text) => fold(text).includes(needle))) return true
  // Read last and on its own: it may be long, and most searches are for what a task was to do.
  const result = statement(db, 'SELECT result FROM tasks WHERE ordinal = ?').pluck().get(ordinal) as
    | string
    | null
  allowance.characters -= result?.length ?? 0
  return fold(outcomeOf(result)).includes(needle)
}
