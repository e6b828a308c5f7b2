import { fold, outcomeOf, TRIGRAM, trigramsOf } from '../../tasks/search-text.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import { columnsOf, conditionsOf, conditionsOn, type TaskFilter, valuesOf } from './task-filter.js'

/** Tasks of one page. It may have fewer than were asked for, even none, although others follow. */
export interface FoundTasks {
  /** Newest first. */
  readonly ordinals: number[]
  /** Where to go on; null when everything was searched. */
  readonly nextOrdinal: number | null
}

/** Tasks looked at for a page of a query without a trigram: about 20 ms. */
const SHORT_QUERY_TASKS = 15_000
/** Tasks looked up for a page in the index, and in the backlog; a few at first: mostly they fill it. */
const LOOKED_UP = [200, 1_800, 8_000]
/** Characters compared for either, and what a task costs besides in characters: about 12 ms. */
const COMPARED = 1_500_000
const COST_OF_TASK = 300
/** Tasks of one state (type, parent, schedule) that are sooner compared than looked up. */
const FEW = 500
/** Trigrams that a task must have to be compared, and those among which they are chosen. */
const ASKED_TRIGRAMS = 5
const WEIGHED_TRIGRAMS = 32

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

/** What may still be compared for this part of a page. */
interface Allowance {
  characters: number
}

/**
 * Tasks that have the query as part of a text, also those that the index does not know yet. What a
 * page costs is bounded, so that it holds up nothing else: a search that looked at more tasks than
 * that ends its page early and goes on with the next one.
 */
export function findTasks(db: ReadDb, filter: TaskFilter, query: string): FoundTasks {
  const few = fewBy(db, filter)
  const needle = fold(query)
  if ([...needle].length < TRIGRAM) return findShort(db, filter, query, few)
  if (few !== null) return joined([compareAll(db, filter, few, needle)], filter.limit)
  // Each with an allowance of its own, or a long backlog would leave the index none.
  const parts = [backlogOf(db), indexedOf(db, needle)].map((naming) =>
    lookUp(db, filter, needle, naming),
  )
  return joined(parts, filter.limit)
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

/** A query of one or two characters: part of the description or the id, the letters a to z in any case. */
function findShort(db: ReadDb, filter: TaskFilter, query: string, few: string | null): FoundTasks {
  const newest = statement(db, 'SELECT coalesce(max(ordinal), 0) FROM tasks').pluck()
  const before = Math.min(valuesOf(filter).beforeOrdinal, (newest.get() as number) + 1)
  const floor = few !== null ? 0 : Math.max(0, before - SHORT_QUERY_TASKS)
  const ordinals = statement(
    db,
    `SELECT ordinal FROM tasks ${few === null ? '' : `INDEXED BY ${few}`}
     WHERE ${conditionsOf(filter)} AND tasks.ordinal >= @floor
       AND (instr(lower(description), @part) OR instr(lower(id), @part))
     ORDER BY ordinal DESC LIMIT @limit`,
  )
    .pluck()
    .all({
      ...valuesOf(filter),
      floor,
      // As `lower` does, which knows no other letters.
      part: query.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
      limit: filter.limit,
    }) as number[]
  return joined([{ ordinals, searchedTo: floor <= 1 ? 0 : floor }], filter.limit)
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

function indexedOf(db: ReadDb, needle: string): Naming {
  const match = matchOf(db, needle)
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

/**
 * The rarest trigrams of the query: what they have in common is soon found, and frequent ones would
 * cost much and exclude little. Each stands in quotes, in which nothing has a meaning of its own.
 */
function matchOf(db: ReadDb, needle: string): string {
  let trigrams = spread(trigramsOf(needle), WEIGHED_TRIGRAMS).map(quoted)
  if (trigrams.length > ASKED_TRIGRAMS) {
    const weighed = trigrams.map((trigram) => ({ trigram, reach: reachOf(db, trigram) }))
    trigrams = weighed
      .sort((a, b) => a.reach - b.reach)
      .slice(0, ASKED_TRIGRAMS)
      .map(({ trigram }) => trigram)
  }
  return trigrams.join(' AND ')
}

/** How far down the newest 200 tasks with a trigram reach: the rarer it is, the lower; 0 for fewer. */
function reachOf(db: ReadDb, trigram: string): number {
  const last = statement(
    db,
    `SELECT rowid FROM task_search WHERE task_search MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET 199`,
  )
    .pluck()
    .get(trigram)
  return (last as number | undefined) ?? 0
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** At most `count` of them, from all over. */
function spread(texts: readonly string[], count: number): string[] {
  if (texts.length <= count) return [...texts]
  return Array.from({ length: count }, (_, index) => {
    return texts[Math.floor((index * texts.length) / count)] ?? ''
  })
}
