import type { TaskId } from '../../../../shared/model/ids.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** Keeps what a person said to a task until the agent has taken it up. */
export function insertTaskMessage(db: WriteDb, taskId: TaskId, text: string, atMs: number): void {
  statement(db, 'INSERT INTO task_messages (task_id, text, at_ms) VALUES (?, ?, ?)').run(
    taskId,
    text,
    atMs,
  )
}

export function hasUnreadTaskMessages(db: ReadDb, taskId: TaskId): boolean {
  return (
    statement(db, 'SELECT 1 FROM task_messages WHERE task_id = ? AND read_ms IS NULL LIMIT 1').get(
      taskId,
    ) !== undefined
  )
}

/** Marks every unread message as read and returns their texts, oldest first. */
export function takeTaskMessages(db: WriteDb, taskId: TaskId, atMs: number): string[] {
  const texts = statement(
    db,
    'SELECT text FROM task_messages WHERE task_id = ? AND read_ms IS NULL ORDER BY id',
  )
    .pluck()
    .all(taskId) as string[]
  if (texts.length > 0) {
    statement(db, 'UPDATE task_messages SET read_ms = ? WHERE task_id = ? AND read_ms IS NULL').run(
      atMs,
      taskId,
    )
  }
  return texts
}
