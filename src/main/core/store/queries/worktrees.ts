import { z } from 'zod'
import { TaskId } from '../../../../shared/model/ids.js'
import { Worktree, type WorktreeState } from '../../../../shared/model/worktree.js'
import type { WorktreeRecord } from '../../workplaces/worktree-record.js'
import type { WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

const WorktreeRow = z
  .object({
    task_id: TaskId,
    kind: Worktree.shape.kind,
    state: Worktree.shape.state,
    repository: z.string(),
    path: z.string(),
    branch: z.string().nullable(),
    base: z.string().nullable(),
    head: z.string().nullable(),
    note: z.string().nullable(),
    conflicts: json(z.array(z.string())),
    continued_by: TaskId.nullable(),
    created_at_ms: z.number(),
    updated_at_ms: z.number(),
  })
  .transform(
    (row): WorktreeRecord => ({
      taskId: row.task_id,
      kind: row.kind,
      state: row.state,
      repository: row.repository,
      path: row.path,
      branch: row.branch,
      base: row.base,
      head: row.head,
      note: row.note,
      conflicts: row.conflicts,
      continuedBy: row.continued_by,
      createdAtMs: row.created_at_ms,
      updatedAtMs: row.updated_at_ms,
    }),
  )

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): WorktreeRecord[] {
  const key = (row: unknown) => (row as { task_id: string }).task_id
  return parseRows(db, { table: 'worktrees', key, atMs }, WorktreeRow, rows)
}

export function upsertWorktree(db: WriteDb, record: WorktreeRecord): void {
  statement(
    db,
    `INSERT OR REPLACE INTO worktrees (task_id, kind, state, repository, path, branch, base, head, note,
       conflicts, continued_by, created_at_ms, updated_at_ms)
     VALUES (@taskId, @kind, @state, @repository, @path, @branch, @base, @head, @note,
       @conflicts, @continuedBy, @createdAtMs, @updatedAtMs)`,
  ).run({ ...record, conflicts: JSON.stringify(record.conflicts) })
}

export function selectWorktree(db: WriteDb, id: TaskId, atMs: number): WorktreeRecord | undefined {
  const row = statement(db, 'SELECT * FROM worktrees WHERE task_id = ?').get(id)
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

/** Those in one of the states, the longest untouched first. */
export function selectWorktreesIn(
  db: WriteDb,
  states: readonly WorktreeState[],
  atMs: number,
): WorktreeRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM worktrees WHERE state IN (SELECT value FROM json_each(?))
     ORDER BY updated_at_ms, task_id`,
  ).all(JSON.stringify(states))
  return parse(db, rows, atMs)
}

/** Those that are over, but whose folder or branch may still be there. */
export function selectUncleared(db: WriteDb, atMs: number): WorktreeRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM worktrees
     WHERE state IN ('empty', 'delivered', 'applied', 'discarded') AND kind = 'worktree'
       AND branch IS NOT NULL`,
  ).all()
  return parse(db, rows, atMs)
}

/** Whatever is on record about a folder or one below it, the newest first. */
export function selectWorktreesAt(
  db: WriteDb,
  folder: string,
  separator: string,
  atMs: number,
): WorktreeRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM worktrees WHERE path = @folder
       OR substr(path, 1, length(@below)) = @below
     ORDER BY updated_at_ms DESC`,
  ).all({ folder, below: folder + separator })
  return parse(db, rows, atMs)
}
