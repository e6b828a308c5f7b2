import { z } from 'zod'
import { CommentId, TaskId } from '../../../../shared/model/ids.js'
import type { LineComment } from '../../../../shared/model/worktree.js'
import type { WriteDb } from '../database.js'
import { parseRows } from '../rows.js'
import { statement } from '../statement.js'

const LineCommentRow = z
  .object({
    id: CommentId,
    task_id: TaskId,
    path: z.string(),
    line: z.number(),
    side: z.enum(['old', 'new']),
    text: z.string(),
    created_at_ms: z.number(),
    sent_to: TaskId.nullable(),
  })
  .transform(
    (row): LineComment => ({
      id: row.id,
      taskId: row.task_id,
      path: row.path,
      line: row.line,
      side: row.side,
      text: row.text,
      createdAt: row.created_at_ms,
      ...(row.sent_to === null ? {} : { sentTo: row.sent_to }),
    }),
  )

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): LineComment[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'line_comments', key, atMs }, LineCommentRow, rows)
}

export function insertLineComment(db: WriteDb, comment: Omit<LineComment, 'sentTo'>): void {
  statement(
    db,
    `INSERT INTO line_comments (id, task_id, path, line, side, text, created_at_ms)
     VALUES (@id, @taskId, @path, @line, @side, @text, @createdAt)`,
  ).run(comment)
}

/** In the order in which they were made. */
export function selectLineComments(db: WriteDb, taskId: TaskId, atMs: number): LineComment[] {
  const rows = statement(db, 'SELECT * FROM line_comments WHERE task_id = ? ORDER BY ordinal').all(
    taskId,
  )
  return parse(db, rows, atMs)
}

export function selectLineComment(
  db: WriteDb,
  id: CommentId,
  atMs: number,
): LineComment | undefined {
  const row = statement(db, 'SELECT * FROM line_comments WHERE id = ?').get(id)
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

export function deleteLineComment(db: WriteDb, id: CommentId): void {
  statement(db, 'DELETE FROM line_comments WHERE id = ?').run(id)
}

export function markSent(db: WriteDb, ids: readonly CommentId[], sentTo: TaskId): void {
  statement(
    db,
    `UPDATE line_comments SET sent_to = ?
     WHERE id IN (SELECT value FROM json_each(?)) AND sent_to IS NULL`,
  ).run(sentTo, JSON.stringify(ids))
}
