import { z } from 'zod'
import { ConversationId, PlanId, TaskId } from '../../../../shared/model/ids.js'
import type { InboxKind } from '../../../../shared/model/inbox.js'
import { TaskErrorCode } from '../../../../shared/rpc/errors.js'
import type { ReadDb, WriteDb } from '../database.js'
import { parseRows } from '../rows.js'
import { statement } from '../statement.js'

/** What of a task an item tells. */
const ABOUT = 'tasks.id AS taskId, tasks.description, tasks.conversation_id AS conversationId'

/** Changes of tasks that have ended, and that nobody has decided about or put off since they were made. */
const OPEN_CHANGES = `worktrees INDEXED BY worktrees_by_state CROSS JOIN tasks ON tasks.id = worktrees.task_id
    AND tasks.state IN ('completed', 'failed', 'cancelled')
  LEFT JOIN inbox_seen ON inbox_seen.item_id = 'change:' || worktrees.task_id
  WHERE worktrees.state IN ('ready', 'conflicted', 'kept') AND worktrees.kind <> 'in_place'
    AND (inbox_seen.at_ms IS NULL OR inbox_seen.at_ms < worktrees.updated_at_ms)`

const STALLED = `tasks INDEXED BY tasks_stalled
  LEFT JOIN inbox_seen ON inbox_seen.item_id = 'stalled:' || tasks.id
  WHERE stalled_since_ms IS NOT NULL AND tasks.state = 'running'
    AND (inbox_seen.at_ms IS NULL OR inbox_seen.at_ms < stalled_since_ms)`

type StoredKind = Exclude<InboxKind, 'model'>

/** How much of each kind waits: each is counted by an index that holds little else. */
export function countInbox(db: ReadDb): Record<StoredKind, number> {
  return statement(
    db,
    `SELECT
       (SELECT count(*) FROM blockers INDEXED BY blockers_by_state WHERE state = 'open') AS question,
       (SELECT count(*) FROM plans INDEXED BY plans_proposed WHERE state = 'proposed' AND ordinal > 0) AS plan,
       (SELECT count(*) FROM ${STALLED}) AS stalled,
       (SELECT count(*) FROM inbox_failures INDEXED BY inbox_failures_by_time WHERE at_ms > -1) AS failure,
       (SELECT count(*) FROM ${OPEN_CHANGES}) AS change,
       (SELECT count(*) FROM mails INDEXED BY mails_to_person WHERE to_id = 'user' AND state = 'unread' AND ordinal > 0) AS mail`,
  ).get() as Record<StoredKind, number>
}

const About = z.object({
  taskId: TaskId,
  description: z.string(),
  conversationId: ConversationId.nullable(),
})
export type AboutTask = z.output<typeof About>

const FailureRow = About.extend({
  code: TaskErrorCode.nullable(),
  message: z.string().nullable(),
  atMs: z.number(),
})
const StalledRow = About.extend({ sinceMs: z.number() })
const PlanRow = About.extend({ planId: PlanId, atMs: z.number() })

function parse<S extends z.ZodType>(
  db: WriteDb,
  schema: S,
  rows: readonly unknown[],
  atMs: number,
) {
  const key = (row: unknown) => (row as { taskId: string }).taskId
  return parseRows(db, { table: 'tasks', key, atMs }, schema, rows)
}

/** Newest first. */
export function selectUnseenFailures(db: WriteDb, limit: number, atMs: number) {
  const rows = statement(
    db,
    `SELECT ${ABOUT}, tasks.error_code AS code, tasks.error_message AS message, at_ms AS atMs
     FROM inbox_failures INDEXED BY inbox_failures_by_time
       CROSS JOIN tasks ON tasks.id = inbox_failures.task_id
     WHERE at_ms > -1 ORDER BY at_ms DESC, inbox_failures.task_id DESC LIMIT ?`,
  ).all(limit)
  return parse(db, FailureRow, rows, atMs)
}

/** Longest without a sign of life first. */
export function selectStalled(db: WriteDb, limit: number, atMs: number) {
  const rows = statement(
    db,
    `SELECT ${ABOUT}, stalled_since_ms AS sinceMs FROM ${STALLED} ORDER BY stalled_since_ms LIMIT ?`,
  ).all(limit)
  return parse(db, StalledRow, rows, atMs)
}

/** Plans that wait for a decision, oldest first. */
export function selectProposed(db: WriteDb, limit: number, atMs: number) {
  const rows = statement(
    db,
    `SELECT ${ABOUT}, plans.id AS planId, plans.created_at_ms AS atMs
     FROM plans INDEXED BY plans_proposed CROSS JOIN tasks ON tasks.id = plans.task_id
     WHERE plans.state = 'proposed' AND plans.ordinal > 0 ORDER BY plans.ordinal LIMIT ?`,
  ).all(limit)
  return parse(db, PlanRow, rows, atMs)
}

/** Tasks with open changes, newest change first; there are few, so they are sorted. */
export function selectOpenChanges(db: WriteDb, limit: number, atMs: number): AboutTask[] {
  const rows = statement(
    db,
    `SELECT ${ABOUT} FROM ${OPEN_CHANGES} ORDER BY worktrees.updated_at_ms DESC LIMIT ?`,
  ).all(limit)
  return parse(db, About, rows, atMs)
}

/** Ids of mails that the person has not read, newest first. */
export function selectMailsToPerson(
  db: ReadDb,
  limit: number,
): { readonly id: string; readonly sessionId: string }[] {
  return statement(
    db,
    `SELECT id, session_id AS sessionId FROM mails INDEXED BY mails_to_person
     WHERE to_id = 'user' AND state = 'unread' AND ordinal > 0 ORDER BY ordinal DESC LIMIT ?`,
  ).all(limit) as { id: string; sessionId: string }[]
}

/** Whether it waits in the inbox. */
export function isStalled(db: ReadDb, id: TaskId): boolean {
  return statement(db, `SELECT 1 FROM ${STALLED} AND tasks.id = ?`).get(id) !== undefined
}

/** Whether it waits in the inbox. */
export function isOpenChange(db: ReadDb, id: TaskId): boolean {
  const sql = `SELECT 1 FROM ${OPEN_CHANGES} AND worktrees.task_id = ?`
  return statement(db, sql).get(id) !== undefined
}

/** @returns whether it was there */
export function deleteFailure(db: WriteDb, id: TaskId): boolean {
  return statement(db, 'DELETE FROM inbox_failures WHERE task_id = ?').run(id).changes === 1
}

/** What was seen of a task that is removed. */
export function deleteSeen(db: WriteDb, id: TaskId): void {
  statement(
    db,
    "DELETE FROM inbox_seen WHERE item_id IN ('change:' || @id, 'stalled:' || @id)",
  ).run({
    id,
  })
}

/** Hides an item that goes on, until it changes after this instant. */
export function setSeen(db: WriteDb, itemId: string, atMs: number): void {
  statement(
    db,
    `INSERT INTO inbox_seen (item_id, at_ms) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms`,
  ).run(itemId, atMs)
}
