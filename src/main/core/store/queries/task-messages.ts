import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskMessage } from '../../../../shared/model/task-message.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** Keeps what a person said to a task until the agent has taken it up. */
export function insertTaskMessage(
  db: WriteDb,
  taskId: TaskId,
  text: string,
  atMs: number,
): TaskMessage {
  const { lastInsertRowid } = statement(
    db,
    'INSERT INTO task_messages (task_id, text, at_ms) VALUES (?, ?, ?)',
  ).run(taskId, text, atMs)
  return { id: Number(lastInsertRowid), text, deliveredAt: atMs, readAt: null }
}

/** Oldest first. */
export function selectTaskMessages(db: ReadDb, taskId: TaskId): TaskMessage[] {
  return statement(
    db,
    `SELECT id, text, at_ms AS deliveredAt, read_ms AS readAt FROM task_messages
     WHERE task_id = ? ORDER BY id`,
  ).all(taskId) as TaskMessage[]
}

export function hasUnreadTaskMessages(db: ReadDb, taskId: TaskId): boolean {
  return (
    statement(db, 'SELECT 1 FROM task_messages WHERE task_id = ? AND read_ms IS NULL LIMIT 1').get(
      taskId,
    ) !== undefined
  )
}

/** Oldest first. */
export function selectUnreadTaskMessages(db: ReadDb, taskId: TaskId): { readonly text: string }[] {
  return statement(
    db,
    'SELECT text FROM task_messages WHERE task_id = ? AND read_ms IS NULL ORDER BY id',
  ).all(taskId) as { readonly text: string }[]
}

/** Marks every unread message as read and returns them, oldest first. */
export function takeTaskMessages(db: WriteDb, taskId: TaskId, atMs: number): TaskMessage[] {
  const unread = statement(
    db,
    `SELECT id, text, at_ms AS deliveredAt FROM task_messages
     WHERE task_id = ? AND read_ms IS NULL ORDER BY id`,
  ).all(taskId) as Omit<TaskMessage, 'readAt'>[]
  if (unread.length > 0) {
    statement(db, 'UPDATE task_messages SET read_ms = ? WHERE task_id = ? AND read_ms IS NULL').run(
      atMs,
      taskId,
    )
  }
  return unread.map((message) => ({ ...message, readAt: atMs }))
}
