import { z } from 'zod'
import { MailId, TaskId } from '../../../../shared/model/ids.js'
import { MailState } from '../../../../shared/model/mail.js'
import type { MailRecord } from '../../mail/mail-record.js'
import type { ReadDb, WriteDb } from '../database.js'
import { parseRows } from '../rows.js'
import { statement } from '../statement.js'

const MailRow = z
  .object({
    ordinal: z.number(),
    id: MailId,
    session_id: z.string(),
    thread_id: MailId,
    reply_to: MailId.nullable(),
    from_id: z.string(),
    to_id: z.string(),
    subject: z.string(),
    body: z.string(),
    priority: z.number(),
    state: MailState,
    hops: z.number(),
    is_failure: z.number(),
    created_at_ms: z.number(),
    expires_at_ms: z.number().nullable(),
    read_at_ms: z.number().nullable(),
    handled_at_ms: z.number().nullable(),
    task_id: TaskId.nullable(),
    error: z.string().nullable(),
    call_id: z.string().nullable(),
    waiting_task: TaskId.nullable(),
    wait_until_ms: z.number().nullable(),
    answer_id: MailId.nullable(),
    read_call: z.string().nullable(),
  })
  .transform(
    (row): MailRecord => ({
      ordinal: row.ordinal,
      id: row.id,
      sessionId: row.session_id,
      threadId: row.thread_id,
      replyTo: row.reply_to,
      from: row.from_id,
      to: row.to_id,
      subject: row.subject,
      body: row.body,
      priority: row.priority,
      state: row.state,
      hops: row.hops,
      isFailure: row.is_failure === 1,
      createdAtMs: row.created_at_ms,
      expiresAtMs: row.expires_at_ms,
      readAtMs: row.read_at_ms,
      handledAtMs: row.handled_at_ms,
      taskId: row.task_id,
      error: row.error,
      callId: row.call_id,
      waitingTask: row.waiting_task,
      waitUntilMs: row.wait_until_ms,
      answerId: row.answer_id,
      readCall: row.read_call,
    }),
  )

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): MailRecord[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'mails', key, atMs }, MailRow, rows)
}

function one(db: WriteDb, row: unknown, atMs: number): MailRecord | undefined {
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

/** @returns its ordinal */
export function insertMail(db: WriteDb, mail: Omit<MailRecord, 'ordinal'>): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO mails (id, session_id, thread_id, reply_to, from_id, to_id, subject, body, priority, state,
       hops, is_failure, created_at_ms, expires_at_ms, call_id, waiting_task, wait_until_ms)
     VALUES (@id, @sessionId, @threadId, @replyTo, @from, @to, @subject, @body, @priority, @state,
       @hops, @isFailure, @createdAtMs, @expiresAtMs, @callId, @waitingTask, @waitUntilMs)`,
  ).run({ ...mail, isFailure: mail.isFailure ? 1 : 0 })
  return Number(lastInsertRowid)
}

/** Stores what of a mail may change. */
export function updateMail(db: WriteDb, mail: MailRecord): void {
  statement(
    db,
    `UPDATE mails SET state = @state, read_at_ms = @readAtMs, handled_at_ms = @handledAtMs,
       task_id = @taskId, error = @error, waiting_task = @waitingTask, wait_until_ms = @waitUntilMs,
       answer_id = @answerId, read_call = @readCall
     WHERE id = @id`,
  ).run({
    id: mail.id,
    state: mail.state,
    readAtMs: mail.readAtMs,
    handledAtMs: mail.handledAtMs,
    taskId: mail.taskId,
    error: mail.error,
    waitingTask: mail.waitingTask,
    waitUntilMs: mail.waitUntilMs,
    answerId: mail.answerId,
    readCall: mail.readCall,
  })
}

export function selectMail(db: WriteDb, id: string, atMs: number): MailRecord | undefined {
  return one(db, statement(db, 'SELECT * FROM mails WHERE id = ?').get(id), atMs)
}

export function selectMailOfCall(
  db: WriteDb,
  callId: string,
  atMs: number,
): MailRecord | undefined {
  return one(db, statement(db, 'SELECT * FROM mails WHERE call_id = ?').get(callId), atMs)
}

/** Read beyond what is asked for, so that a damaged row does not hide the good one behind it. */
const SPARE_ROWS = 20

/** Most urgent first, then oldest first. */
export function selectUnread(
  db: WriteDb,
  to: { readonly sessionId: string; readonly agentId: string; readonly limit: number },
  atMs: number,
): MailRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM mails INDEXED BY mails_unread
     WHERE session_id = @sessionId AND to_id = @agentId AND state = 'unread'
     ORDER BY priority DESC, ordinal LIMIT @limit + ${SPARE_ROWS}`,
  ).all(to)
  return parse(db, rows, atMs).slice(0, to.limit)
}

export function countUnread(db: ReadDb, sessionId: string, agentId: string): number {
  return statement(
    db,
    `SELECT count(*) FROM mails INDEXED BY mails_unread
     WHERE session_id = ? AND to_id = ? AND state = 'unread'`,
  )
    .pluck()
    .get(sessionId, agentId) as number
}

interface InboxPage {
  readonly sessionId: string
  readonly agentId: string
  readonly unreadOnly: boolean
  readonly offset: number
  readonly limit: number
}

/** Most urgent first, then oldest first. */
export function selectInbox(db: WriteDb, page: InboxPage, atMs: number): MailRecord[] {
  const { unreadOnly, ...rest } = page
  const rows = statement(
    db,
    unreadOnly
      ? `SELECT * FROM mails INDEXED BY mails_unread
         WHERE session_id = @sessionId AND to_id = @agentId AND state = 'unread'
         ORDER BY priority DESC, ordinal LIMIT @limit OFFSET @offset`
      : `SELECT * FROM mails INDEXED BY mails_to WHERE session_id = @sessionId AND to_id = @agentId
         ORDER BY priority DESC, ordinal LIMIT @limit OFFSET @offset`,
  ).all(rest)
  return parse(db, rows, atMs)
}

/** Oldest first. */
export function selectThread(db: WriteDb, threadId: MailId, atMs: number): MailRecord[] {
  const rows = statement(db, 'SELECT * FROM mails WHERE thread_id = ? ORDER BY ordinal').all(
    threadId,
  )
  return parse(db, rows, atMs)
}

export interface ThreadRow {
  readonly last: MailRecord
  readonly count: number
}

/** Threads by their last mail, newest first, from before an ordinal. */
export function selectThreads(
  db: WriteDb,
  page: { readonly sessionId: string; readonly before: number; readonly limit: number },
  atMs: number,
): ThreadRow[] {
  const rows = statement(
    db,
    `SELECT m.*, (SELECT count(*) FROM mails n INDEXED BY mails_by_thread
       WHERE n.thread_id = m.thread_id) AS count
     FROM mails m INDEXED BY mails_by_session
     WHERE m.session_id = @sessionId AND m.ordinal < @before AND NOT EXISTS
       (SELECT 1 FROM mails n INDEXED BY mails_by_thread
        WHERE n.thread_id = m.thread_id AND n.ordinal > m.ordinal)
     ORDER BY m.ordinal DESC LIMIT @limit`,
  ).all(page)
  return rows.flatMap((row) => {
    const last = one(db, row, atMs)
    return last === undefined ? [] : [{ last, count: (row as { count: number }).count }]
  })
}

/** The mail whose answer a task waits for. */
export function selectAwaited(db: WriteDb, taskId: TaskId, atMs: number): MailRecord | undefined {
  const row = statement(
    db,
    `SELECT * FROM mails INDEXED BY mails_awaited
     WHERE waiting_task = ? AND answer_id IS NULL ORDER BY ordinal DESC LIMIT 1`,
  ).get(taskId)
  return one(db, row, atMs)
}

/** What a call has read; again after a crash. */
export function selectMailsOfReading(
  db: WriteDb,
  reading: { readonly taskId: TaskId; readonly callId: string },
  atMs: number,
): MailRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM mails INDEXED BY mails_in_hand
     WHERE task_id = @taskId AND state IN ('handling', 'read') AND read_call = @callId
     ORDER BY priority DESC, ordinal`,
  ).all(reading)
  return parse(db, rows, atMs)
}

/** Mail to an agent that nobody has handled yet. */
export function selectOpenMails(
  db: WriteDb,
  to: { readonly sessionId: string; readonly agentId: string },
  atMs: number,
): MailRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM mails WHERE session_id = @sessionId AND to_id = @agentId
       AND state IN ('unread', 'handling', 'read')`,
  ).all(to)
  return parse(db, rows, atMs)
}

/** How much mail of one sender waits in one inbox. */
export function countUnreadFrom(
  db: ReadDb,
  mail: { readonly sessionId: string; readonly from: string; readonly to: string },
): number {
  return statement(
    db,
    `SELECT count(*) FROM mails INDEXED BY mails_from
     WHERE session_id = @sessionId AND from_id = @from AND to_id = @to AND state = 'unread'`,
  )
    .pluck()
    .get(mail) as number
}

/** What a task handles or has read. */
export function selectMailsInHand(db: WriteDb, taskId: TaskId, atMs: number): MailRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM mails INDEXED BY mails_in_hand
     WHERE task_id = ? AND state IN ('handling', 'read') ORDER BY ordinal`,
  ).all(taskId)
  return parse(db, rows, atMs)
}

export function selectExpired(db: WriteDb, nowMs: number): MailRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM mails INDEXED BY mails_expiring
     WHERE state = 'unread' AND expires_at_ms IS NOT NULL AND expires_at_ms <= ?
     ORDER BY expires_at_ms LIMIT 100`,
  ).all(nowMs)
  return parse(db, rows, nowMs)
}
