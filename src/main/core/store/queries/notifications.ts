import { z } from 'zod'
import {
  BlockerId,
  ConversationId,
  NotificationId,
  PlanId,
  TaskId,
} from '../../../../shared/model/ids.js'
import {
  type Notification,
  NotificationAction,
  type NotificationCounts,
  NotificationKind,
} from '../../../../shared/model/notification.js'
import { Place } from '../../../../shared/model/place.js'
import type { ReadDb, WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

/** How many tasks have ended in which way. */
export const EndCounts = z.object({
  completed: z.number(),
  failed: z.number(),
  cancelled: z.number(),
})
export type EndCounts = z.infer<typeof EndCounts>

/** A notification as stored. */
export interface NotificationRecord extends Notification {
  /** What it is about, such as `question:blk_…`: a thing is told once. */
  readonly subject: string
  readonly ends: EndCounts
}

const Flag = z.number().transform((value) => value === 1)

const Row = z
  .object({
    ...{ ordinal: z.number(), id: NotificationId, subject: z.string(), kind: NotificationKind },
    ...{ title: z.string(), body: z.string(), place: json(Place) },
    actions: json(z.array(NotificationAction)),
    ...{ task_id: TaskId.nullable(), conversation_id: ConversationId.nullable() },
    ...{ blocker_id: BlockerId.nullable(), plan_id: PlanId.nullable(), counts: json(EndCounts) },
    ...{ needs_answer: Flag, quiet: Flag, sound: Flag, created_at_ms: z.number() },
    ...{ read_at_ms: z.number().nullable(), settled_at_ms: z.number().nullable() },
  })
  .transform((row): NotificationRecord & { readonly ordinal: number } => {
    const { completed, failed, cancelled } = row.counts
    return {
      ...{ ordinal: row.ordinal, id: row.id, subject: row.subject, kind: row.kind },
      ...{ title: row.title, body: row.body, place: row.place, actions: row.actions },
      ...(row.task_id === null ? {} : { taskId: row.task_id }),
      ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
      ...(row.blocker_id === null ? {} : { blockerId: row.blocker_id }),
      ...(row.plan_id === null ? {} : { planId: row.plan_id }),
      ...{ ends: row.counts, count: Math.max(1, completed + failed + cancelled) },
      ...{ needsAnswer: row.needs_answer, quiet: row.quiet, sound: row.sound },
      ...{ createdAt: row.created_at_ms, readAt: row.read_at_ms, settledAt: row.settled_at_ms },
    }
  })
export type StoredNotification = z.output<typeof Row>

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): StoredNotification[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'notifications', key, atMs }, Row, rows)
}

/** @returns whether nobody was told of its subject before */
export function insertNotification(db: WriteDb, record: NotificationRecord): boolean {
  const { place, actions, ends, needsAnswer, quiet, sound, count: _count, ...rest } = record
  const { taskId = null, conversationId = null, blockerId = null, planId = null } = record
  return (
    statement(
      db,
      `INSERT INTO notifications (id, subject, kind, title, body, place, actions, task_id, conversation_id,
         blocker_id, plan_id, counts, needs_answer, quiet, sound, created_at_ms, read_at_ms, settled_at_ms)
       VALUES (@id, @subject, @kind, @title, @body, @place, @actions, @taskId, @conversationId,
         @blockerId, @planId, @counts, @needsAnswer, @quiet, @sound, @createdAt, @readAt, @settledAt)
       ON CONFLICT (subject) DO NOTHING`,
    ).run({
      ...{ ...rest, taskId, conversationId, blockerId, planId },
      ...{ place: JSON.stringify(place), actions: JSON.stringify(actions) },
      ...{ counts: JSON.stringify(ends), needsAnswer: needsAnswer ? 1 : 0 },
      ...{ quiet: quiet ? 1 : 0, sound: sound ? 1 : 0 },
    }).changes === 1
  )
}

/** Writes what may change of one: its words, what can be done, how many it is about, and whether it is settled. */
export function updateNotification(db: WriteDb, record: NotificationRecord): void {
  const { id, title, body, actions, ends, readAt, settledAt } = record
  statement(
    db,
    `UPDATE notifications SET title = ?, body = ?, actions = ?, counts = ?, read_at_ms = ?, settled_at_ms = ?
     WHERE id = ?`,
  ).run(title, body, JSON.stringify(actions), JSON.stringify(ends), readAt, settledAt, id)
}

export interface NotificationPage {
  readonly unread: boolean
  readonly before: number
  readonly limit: number
}

/** Newest first. `next` is where the following page begins, null at the end, whatever was set aside. */
export function selectNotifications(
  db: WriteDb,
  { unread, before, limit }: NotificationPage,
  atMs: number,
): { readonly notifications: StoredNotification[]; readonly next: number | null } {
  const rows = statement(
    db,
    unread
      ? `SELECT * FROM notifications INDEXED BY notifications_unread
         WHERE read_at_ms IS NULL AND ordinal < ? ORDER BY ordinal DESC LIMIT ?`
      : 'SELECT * FROM notifications WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?',
  ).all(before, limit) as { readonly ordinal: number }[]
  const next = rows.length === limit ? (rows.at(-1)?.ordinal ?? null) : null
  return { notifications: parse(db, rows, atMs), next }
}

export function selectNotification(
  db: WriteDb,
  id: NotificationId,
  atMs: number,
): StoredNotification | undefined {
  return parse(db, statement(db, 'SELECT * FROM notifications WHERE id = ?').all(id), atMs)[0]
}

export function selectNotificationOf(
  db: WriteDb,
  subject: string,
  atMs: number,
): StoredNotification | undefined {
  const rows = statement(db, 'SELECT * FROM notifications WHERE subject = ?').all(subject)
  return parse(db, rows, atMs)[0]
}

export function selectNotificationIdsOfTask(db: ReadDb, taskId: TaskId): NotificationId[] {
  return statement(
    db,
    `SELECT id FROM notifications INDEXED BY notifications_by_task WHERE task_id = ? ORDER BY ordinal`,
  )
    .pluck()
    .all(taskId) as NotificationId[]
}

export function hasNotification(db: ReadDb, id: NotificationId): boolean {
  return statement(db, 'SELECT 1 FROM notifications WHERE id = ?').get(id) !== undefined
}

/** @returns whether it was there and is another now */
export function setNotificationRead(
  db: WriteDb,
  id: NotificationId,
  readAtMs: number | null,
): boolean {
  return (
    statement(
      db,
      'UPDATE notifications SET read_at_ms = ? WHERE id = ? AND (read_at_ms IS NULL) = (? IS NOT NULL)',
    ).run(readAtMs, id, readAtMs).changes === 1
  )
}

export function readAllNotifications(db: WriteDb, atMs: number): number {
  return statement(db, 'UPDATE notifications SET read_at_ms = ? WHERE read_at_ms IS NULL').run(atMs)
    .changes
}

export function deleteNotification(db: WriteDb, id: NotificationId): boolean {
  return statement(db, 'DELETE FROM notifications WHERE id = ?').run(id).changes === 1
}

/** What waits for an answer stays. */
export function deleteAllNotifications(db: WriteDb): number {
  return statement(
    db,
    'DELETE FROM notifications WHERE needs_answer = 0 OR settled_at_ms IS NOT NULL',
  ).run().changes
}

/** Removes the oldest beyond `kept`, but none that waits for an answer. */
export function trimNotifications(db: WriteDb, kept: number): void {
  statement(
    db,
    `DELETE FROM notifications WHERE (needs_answer = 0 OR settled_at_ms IS NOT NULL) AND ordinal <=
       (SELECT ordinal FROM notifications ORDER BY ordinal DESC LIMIT 1 OFFSET ?)`,
  ).run(kept)
}

export function countNotifications(db: ReadDb): NotificationCounts {
  return statement(
    db,
    `SELECT
       (SELECT count(*) FROM notifications INDEXED BY notifications_unread WHERE read_at_ms IS NULL) AS unread,
       (SELECT count(*) FROM notifications INDEXED BY notifications_waiting
          WHERE needs_answer = 1 AND settled_at_ms IS NULL) AS waiting`,
  ).get() as NotificationCounts
}
