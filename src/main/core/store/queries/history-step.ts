import type { HistoryEntry } from '../../../../shared/model/history.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import type { KindPlan } from './history-plan.js'
import { BACKLOGS, type SearchIndex } from './search-match.js'

export interface PlacedEntry {
  readonly ordinal: number
  readonly entry: HistoryEntry
}

/** Part of a search: entries in descending order, complete down to `searchedTo`; 0 is all of them. */
export interface HistoryStep {
  readonly found: readonly PlacedEntry[]
  readonly searchedTo: number
}

/** Entries that one step looks up in the index, in the backlog, or goes through without either. */
const LOOKED_UP = 400
const GONE_THROUGH = 5_000
/** Characters that one step compares: about 20 ms. */
const COMPARED = 2_000_000

/** What may still be compared in a step. */
export interface Allowance {
  characters: number
}

export function newAllowance(): Allowance {
  return { characters: COMPARED }
}

export interface Named {
  /** In descending order. */
  readonly ordinals: readonly number[]
  readonly searchedTo: number
}

/** Entries that may have the query, by the index or because it does not know them yet. */
export function nameByIndex(db: ReadDb, index: SearchIndex, plan: KindPlan, before: number): Named {
  const values = { match: plan.match, before, floor: plan.floor, count: LOOKED_UP }
  const indexed = statement(
    db,
    `SELECT rowid FROM ${index} WHERE ${index} MATCH @match AND rowid < @before AND rowid >= @floor
     ORDER BY rowid DESC LIMIT @count`,
  )
    .pluck()
    .all(values) as number[]
  const waiting = statement(
    db,
    `SELECT ordinal FROM ${BACKLOGS[index]} WHERE ordinal < @before AND ordinal >= @floor
     ORDER BY ordinal DESC LIMIT @count`,
  )
    .pluck()
    .all({ before, floor: plan.floor, count: LOOKED_UP }) as number[]
  const searchedTo = Math.max(endOf(indexed, LOOKED_UP), endOf(waiting, LOOKED_UP))
  const ordinals = [...new Set([...indexed, ...waiting])]
    .filter((ordinal) => ordinal >= searchedTo)
    .sort((a, b) => b - a)
  return { ordinals, searchedTo }
}

/** Entries of a query that the index cannot answer. */
export function nameAll(ordinals: readonly number[]): Named {
  return { ordinals, searchedTo: endOf(ordinals, GONE_THROUGH) }
}

export const ALL_AT_ONCE = GONE_THROUGH

function endOf(ordinals: readonly number[], count: number): number {
  return ordinals.length < count ? 0 : (ordinals.at(-1) ?? 0)
}

/** Reads and compares what was named until enough fits or the step has cost enough. */
export function compareNamed(
  named: Named,
  limit: number,
  allowance: Allowance,
  entryAt: (ordinal: number) => HistoryEntry | null,
): HistoryStep {
  const found: PlacedEntry[] = []
  for (const ordinal of named.ordinals) {
    const entry = entryAt(ordinal)
    if (entry !== null) found.push({ ordinal, entry })
    if (found.length === limit || allowance.characters <= 0) return { found, searchedTo: ordinal }
  }
  return { found, searchedTo: named.searchedTo }
}
