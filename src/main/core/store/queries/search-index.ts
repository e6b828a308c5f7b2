import {
  INDEXED_LOG_END,
  INDEXED_MESSAGE,
  INDEXED_OUTCOME,
  indexedText,
  outcomeOf,
} from '../../tasks/search-text.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'
import { BACKLOGS, type SearchIndex } from './search-match.js'
import { selectLogEnds } from './task-output.js'

interface Text {
  readonly ordinal: number
  /** Null when what it belonged to is gone. */
  readonly text: string | null
  /** What reading and indexing it costs, in characters. */
  readonly cost: number
}

interface TaskTexts {
  readonly ordinal: number
  readonly id: string | null
  readonly description: string
  readonly error: string | null
  readonly result: string | null
}

/** Reading a stored text costs so much less than indexing what is searched of it. */
const READ_PER_INDEXED = 16
/** What an entry costs besides, in characters. */
const COST_OF_ENTRY = 100

/** Whether there is anything that the index does not know. */
export function hasSearchBacklog(db: ReadDb): boolean {
  return Object.values(BACKLOGS).some(
    (backlog) => statement(db, `SELECT 1 FROM ${backlog} LIMIT 1`).get() !== undefined,
  )
}

/**
 * Indexes what is in the backlog, the newest first, messages before tasks: at least one, and more until that
 * many characters were read. Belongs into one transaction. False when nothing was left to do.
 */
export function indexTexts(db: WriteDb, characters: number): boolean {
  const messages = take(messageTexts(db), characters)
  if (messages.length > 0) store(db, 'message_search', messages)
  else return indexTasks(db, characters)
  return true
}

/** The same of tasks alone. */
export function indexTasks(db: WriteDb, characters: number): boolean {
  const tasks = take(taskTexts(db), characters)
  store(db, 'task_search', tasks)
  return tasks.length > 0
}

function take(texts: Iterable<Text>, characters: number): Text[] {
  const taken: Text[] = []
  let cost = 0
  for (const text of texts) {
    taken.push(text)
    cost += text.cost
    if (cost >= characters) break
  }
  return taken
}

function store(db: WriteDb, index: SearchIndex, texts: Text[]): void {
  const forget = statement(db, `DELETE FROM ${index} WHERE rowid = ?`)
  const put = statement(db, `INSERT OR REPLACE INTO ${index} (rowid, text) VALUES (?, ?)`)
  const done = statement(db, `DELETE FROM ${BACKLOGS[index]} WHERE ordinal = ?`)
  // In ascending order: otherwise each of them would be written on its own.
  for (const { ordinal, text } of texts.reverse()) {
    if (text === null) forget.run(ordinal)
    else put.run(ordinal, indexedText(text))
    done.run(ordinal)
  }
}

/** The newest first. */
function* taskTexts(db: ReadDb): Generator<Text> {
  const rows = statement(
    db,
    `SELECT search_backlog.ordinal, id, description, error_message AS error, result
     FROM search_backlog LEFT JOIN tasks USING (ordinal) ORDER BY search_backlog.ordinal DESC`,
  ).iterate() as IterableIterator<TaskTexts>
  for (const row of rows) {
    const { ordinal, id, result } = row
    if (id === null) yield { ordinal, text: null, cost: COST_OF_ENTRY }
    else {
      // As one text: what it finds across its parts is excluded when tasks are compared.
      const text = [id, ...searchedTexts(db, { ...row, id }).map((part) => part.text)].join('\n')
      const read = (result?.length ?? 0) / READ_PER_INDEXED
      yield { ordinal, text, cost: COST_OF_ENTRY + text.length + read }
    }
  }
}

/** What the history searches of a task besides its id, the most telling first; of long texts a part. */
export function searchedTexts(
  db: ReadDb,
  task: Omit<TaskTexts, 'ordinal'> & { readonly id: string },
): { readonly in: 'description' | 'error' | 'output' | 'log'; readonly text: string }[] {
  const { id, description, error, result } = task
  const log = selectLogEnds(db, id, INDEXED_LOG_END)
  const texts = [
    { in: 'description', text: description },
    { in: 'error', text: error ?? '' },
    { in: 'output', text: outcomeOf(result, INDEXED_OUTCOME) },
    ...log.map((text) => ({ in: 'log', text }) as const),
  ] as const
  return texts.filter(({ text }) => text !== '')
}

/** The newest first. */
function* messageTexts(db: ReadDb): Generator<Text> {
  const rows = statement(
    db,
    `SELECT message_backlog.ordinal, substr(text, 1, ${INDEXED_MESSAGE}) AS text, length(text) AS length
     FROM message_backlog LEFT JOIN messages USING (ordinal) ORDER BY message_backlog.ordinal DESC`,
  ).iterate() as IterableIterator<{ ordinal: number; text: string | null; length: number | null }>
  for (const { ordinal, text, length } of rows) {
    const read = (length ?? 0) / READ_PER_INDEXED
    yield { ordinal, text, cost: COST_OF_ENTRY + (text?.length ?? 0) + read }
  }
}

/** Puts parts of the indexes together, about that many pages of them. False when none were to be. */
export function mergeSearchIndex(db: WriteDb, pages: number): boolean {
  return merge(db, 'task_search', pages) || merge(db, 'message_search', pages)
}

function merge(db: WriteDb, index: SearchIndex, pages: number): boolean {
  const changes = statement(db, 'SELECT total_changes()').pluck()
  const before = changes.get() as number
  statement(db, `INSERT INTO ${index} (${index}, rank) VALUES ('merge', ?)`).run(pages)
  // The command counts as one change by itself.
  return (changes.get() as number) - before >= 2
}
