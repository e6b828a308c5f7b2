import type { TaskId } from '../../../../shared/model/ids.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** Offsets and lengths are UTF-16 units of the whole log. */
export function insertOutput(db: WriteDb, taskId: TaskId, offset: number, text: string): void {
  statement(db, 'INSERT INTO task_output (task_id, "offset", text) VALUES (?, ?, ?)').run(
    taskId,
    offset,
    text,
  )
}

export interface OutputChunk {
  readonly offset: number
  readonly text: string
}

/** Chunks from the one that holds `offset` on, until they hold at least `characters`. */
export function selectOutput(
  db: ReadDb,
  taskId: TaskId,
  offset: number,
  characters: number,
): OutputChunk[] {
  const rows = statement(
    db,
    `SELECT "offset", text FROM task_output WHERE task_id = @taskId AND "offset" >= coalesce(
       (SELECT max("offset") FROM task_output WHERE task_id = @taskId AND "offset" <= @offset), 0)
     ORDER BY "offset"`,
  ).iterate({ taskId, offset }) as IterableIterator<OutputChunk>
  const chunks: OutputChunk[] = []
  const end = offset + characters
  for (const chunk of rows) {
    chunks.push(chunk)
    if (chunk.offset + chunk.text.length >= end) break
  }
  return chunks
}

/** Where the log ends. */
export function selectOutputEnd(db: ReadDb, taskId: TaskId): number {
  const last = statement(
    db,
    'SELECT "offset", text FROM task_output WHERE task_id = ? ORDER BY "offset" DESC LIMIT 1',
  ).get(taskId) as OutputChunk | undefined
  return last === undefined ? 0 : last.offset + last.text.length
}

/** The last chunks, oldest first, until they hold at least `characters`. */
export function selectOutputTail(db: ReadDb, taskId: TaskId, characters: number): string {
  const chunks: string[] = []
  let length = 0
  const rows = statement(
    db,
    'SELECT text FROM task_output WHERE task_id = ? ORDER BY "offset" DESC',
  )
    .pluck()
    .iterate(taskId) as IterableIterator<string>
  for (const text of rows) {
    chunks.push(text)
    length += text.length
    if (length >= characters) break
  }
  return chunks.reverse().join('')
}

/** The beginning of a log and its end, of that length each; as one where they meet. */
export function selectLogEnds(db: ReadDb, taskId: string, characters: number): string[] {
  const end = selectOutputEnd(db, taskId as TaskId)
  if (end === 0) return []
  const whole = end <= 2 * characters
  const head = selectOutput(db, taskId as TaskId, 0, whole ? end : characters)
  const start = head.map(({ text }) => text).join('')
  if (whole) return [start]
  return [
    start.slice(0, characters),
    selectOutputTail(db, taskId as TaskId, characters).slice(-characters),
  ]
}
