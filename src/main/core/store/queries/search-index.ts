import { fold, outcomeOf } from '../../tasks/search-text.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

interface Text {
  readonly ordinal: number
  /** Null when the task is gone. */
  readonly text: string | null
}

interface Row {
  readonly ordinal: number
  readonly id: string | null
  readonly description: string
  readonly error: string | null
  readonly result: string | null
}

/** Reading a stored result costs so much less than indexing what is searched of it. */
const READ_PER_INDEXED = 16
/** What a task costs besides, in characters. */
const COST_OF_TASK = 100

/** Whether there is anything that the index does not know. */
export function hasSearchBacklog(db: ReadDb): boolean {
  return statement(db, 'SELECT 1 FROM search_backlog LIMIT 1').get() !== undefined
}

/**
 * Indexes tasks of the backlog, the newest first: at least one, and more until that many characters
 * were read. Belongs into one transaction. False when nothing was left to do.
 */
export function indexTasks(db: WriteDb, characters: number): boolean {
  const texts = takeTexts(db, characters)
  const forget = statement(db, 'DELETE FROM task_search WHERE rowid = ?')
  const index = statement(db, 'INSERT OR REPLACE INTO task_search (rowid, text) VALUES (?, ?)')
  const done = statement(db, 'DELETE FROM search_backlog WHERE ordinal = ?')
  // In ascending order: otherwise each of them would be written on its own.
  for (const { ordinal, text } of texts.reverse()) {
    if (text === null) forget.run(ordinal)
    else index.run(ordinal, fold(text))
    done.run(ordinal)
  }
  return texts.length > 0
}

/** The newest first. */
function takeTexts(db: ReadDb, characters: number): Text[] {
  const rows = statement(
    db,
    `SELECT search_backlog.ordinal, id, description, error_message AS error, result
     FROM search_backlog LEFT JOIN tasks USING (ordinal) ORDER BY search_backlog.ordinal DESC`,
  ).iterate() as IterableIterator<Row>
  const texts: Text[] = []
  let taken = 0
  for (const row of rows) {
    const text = row.id === null ? null : searchedText(row)
    texts.push({ ordinal: row.ordinal, text })
    taken += COST_OF_TASK + (text?.length ?? 0) + (row.result?.length ?? 0) / READ_PER_INDEXED
    if (taken >= characters) break
  }
  return texts
}

/** As one text: what it finds across its parts is excluded when tasks are compared. */
function searchedText({ id, description, error, result }: Row): string {
  return [id ?? '', description, error ?? '', outcomeOf(result)].join('\n')
}

/** Puts parts of the index together, about that many pages of them. False when none were to be. */
export function mergeSearchIndex(db: WriteDb, pages: number): boolean {
  const changes = statement(db, 'SELECT total_changes()').pluck()
  const before = changes.get() as number
  statement(db, `INSERT INTO task_search (task_search, rank) VALUES ('merge', ?)`).run(pages)
  // The command counts as one change by itself.
  return (changes.get() as number) - before >= 2
}
