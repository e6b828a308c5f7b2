import { trigramsOf } from '../../tasks/search-text.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'

/** Each index, and what it does not know yet. */
export const BACKLOGS = {
  task_search: 'search_backlog',
  message_search: 'message_backlog',
} as const
export type SearchIndex = keyof typeof BACKLOGS

/** Trigrams that a task must have to be compared, and those among which they are chosen. */
const ASKED_TRIGRAMS = 5
const WEIGHED_TRIGRAMS = 32

/**
 * The rarest trigrams of the query: what they have in common is soon found, and frequent ones would
 * cost much and exclude little. Each stands in quotes, in which nothing has a meaning of its own.
 */
export function matchOf(db: ReadDb, needle: string, index: SearchIndex = 'task_search'): string {
  let trigrams = spread(trigramsOf(needle), WEIGHED_TRIGRAMS).map(quoted)
  if (trigrams.length > ASKED_TRIGRAMS) {
    const weighed = trigrams.map((trigram) => ({ trigram, reach: reachOf(db, trigram, index) }))
    trigrams = weighed
      .sort((a, b) => a.reach - b.reach)
      .slice(0, ASKED_TRIGRAMS)
      .map(({ trigram }) => trigram)
  }
  return trigrams.join(' AND ')
}

/** How far down the newest 200 entries with a trigram reach: the rarer it is, the lower; 0 for fewer. */
function reachOf(db: ReadDb, trigram: string, index: SearchIndex): number {
  const last = statement(
    db,
    `SELECT rowid FROM ${index} WHERE ${index} MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET 199`,
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
