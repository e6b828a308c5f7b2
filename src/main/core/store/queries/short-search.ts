import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import { conditionsOf, type TaskFilter, valuesOf } from './task-filter.js'

/** Tasks that a step looks at for a query without a trigram: about 1 ms. */
const SHORT_QUERY_TASKS = 2_500

/** A query of one or two characters: part of the description or the id, any case. */
export function findShort(
  db: ReadDb,
  filter: TaskFilter,
  query: string,
  few: string | null,
): { readonly ordinals: number[]; readonly searchedTo: number } {
  const newest = statement(db, 'SELECT coalesce(max(ordinal), 0) FROM tasks').pluck()
  const before = Math.min(valuesOf(filter).beforeOrdinal, (newest.get() as number) + 1)
  const floor = few !== null ? 0 : Math.max(0, before - SHORT_QUERY_TASKS)
  const parts = casesOf(query)
  const has = (column: string) =>
    parts.map((_, index) => `instr(lower(${column}), @part${index})`).join(' OR ')
  const ordinals = statement(
    db,
    `SELECT ordinal FROM tasks ${few === null ? '' : `INDEXED BY ${few}`}
     WHERE ${conditionsOf(filter)} AND tasks.ordinal >= @floor
       AND (${has('description')} OR ${has('id')})
     ORDER BY ordinal DESC LIMIT @limit`,
  )
    .pluck()
    .all({
      ...valuesOf(filter),
      floor,
      ...Object.fromEntries(parts.map((part, index) => [`part${index}`, part])),
      limit: filter.limit,
    }) as number[]
  return { ordinals, searchedTo: floor <= 1 ? 0 : floor }
}

/** The ways to write a query of one or two characters; SQLite's `lower` sees to the letters a to z. */
function casesOf(query: string): string[] {
  let ways = ['']
  for (const character of query.toWellFormed()) {
    const lower = character.toLowerCase()
    const upper = character.toUpperCase()
    // One that becomes two characters, as ß does, is another text.
    const hasCases = [...lower].length === 1 && [...upper].length === 1
    const written = /[a-z]/i.test(character) ? [lower] : hasCases ? [lower, upper] : [character]
    ways = ways.flatMap((way) => written.map((one) => way + one))
  }
  return [...new Set(ways)]
}
