import { afterEach, beforeEach, expect, it } from 'vitest'
import { NotificationId, TaskId } from '../../../../shared/model/ids.js'
import { openDatabase, type WriteDb } from '../database.js'
import {
  countNotifications,
  deleteAllNotifications,
  insertNotification,
  type NotificationRecord,
  readAllNotifications,
  selectNotificationIdsOfTask,
  selectNotificationOf,
  selectNotifications,
  setNotificationRead,
  trimNotifications,
  updateNotification,
} from './notifications.js'
import { countQuarantined } from './quarantine.js'

let db: WriteDb
beforeEach(() => {
  db = openDatabase({ path: ':memory:' })
})
afterEach(() => db.close())

const taskId = TaskId.parse('task_a')

function record(name: string, change: Partial<NotificationRecord> = {}): NotificationRecord {
  return {
    ...{ id: NotificationId.parse(`ntf_${name}`), subject: `end:${name}`, kind: 'completed' },
    ...{ title: `title of ${name}`, body: '', place: { kind: 'task', taskId }, actions: [] },
    ...{ taskId, count: 1, ends: { completed: 1, failed: 0, cancelled: 0 }, needsAnswer: false },
    ...{ quiet: false, sound: false, createdAt: 5, readAt: null, settledAt: null },
    ...change,
  }
}

const ids = (unread = false) =>
  selectNotifications(
    db,
    { unread, before: Number.MAX_SAFE_INTEGER, limit: 10 },
    0,
  ).notifications.map(({ id }) => id)

it('tells of a subject once, and reads back what was written', () => {
  const told = record('a', { actions: [{ kind: 'open', label: 'Open' }] })
  expect(insertNotification(db, told)).toBe(true)
  expect(insertNotification(db, record('b', { subject: 'end:a' }))).toBe(false)
  expect(selectNotificationOf(db, 'end:a', 0)).toEqual({ ordinal: 1, ...told })
  updateNotification(db, { ...told, title: 'other', settledAt: 9 })
  expect(selectNotificationOf(db, 'end:a', 0)).toMatchObject({ title: 'other', settledAt: 9 })
  expect(selectNotificationIdsOfTask(db, taskId)).toEqual(['ntf_a'])
})

it('counts and pages what is unread', () => {
  for (const name of ['a', 'b', 'c']) insertNotification(db, record(name))
  insertNotification(db, record('q', { needsAnswer: true }))
  expect(countNotifications(db)).toEqual({ unread: 4, waiting: 1 })
  expect(setNotificationRead(db, NotificationId.parse('ntf_b'), 7)).toBe(true)
  expect(setNotificationRead(db, NotificationId.parse('ntf_b'), 8)).toBe(false)
  expect(ids(true)).toEqual(['ntf_q', 'ntf_c', 'ntf_a'])
  expect(setNotificationRead(db, NotificationId.parse('ntf_b'), null)).toBe(true)
  const page = selectNotifications(db, { unread: false, before: 4, limit: 2 }, 0)
  expect(page.notifications.map(({ id }) => id)).toEqual(['ntf_c', 'ntf_b'])
  expect(page.next).toBe(2)
  expect(readAllNotifications(db, 9)).toBe(4)
  expect(countNotifications(db)).toEqual({ unread: 0, waiting: 1 })
})

it('keeps what waits for an answer when the others go', () => {
  insertNotification(db, record('q', { needsAnswer: true }))
  for (const name of ['a', 'b', 'c']) insertNotification(db, record(name))
  trimNotifications(db, 2)
  expect(ids()).toEqual(['ntf_c', 'ntf_b', 'ntf_q'])
  expect(deleteAllNotifications(db)).toBe(2)
  expect(ids()).toEqual(['ntf_q'])
})

it('sets a damaged row aside and shows the others', () => {
  for (const name of ['a', 'b']) insertNotification(db, record(name))
  db.exec(`UPDATE notifications SET place = 'nowhere' WHERE id = 'ntf_b'`)
  expect(ids()).toEqual(['ntf_a'])
  expect(countQuarantined(db)).toBe(1)
})

it.each([
  [
    'SELECT * FROM notifications INDEXED BY notifications_unread WHERE read_at_ms IS NULL AND ordinal < 9',
  ],
  ['SELECT * FROM notifications WHERE ordinal < 9 ORDER BY ordinal DESC LIMIT 2'],
  [`SELECT * FROM notifications WHERE subject = 'x'`],
  [`SELECT id FROM notifications WHERE task_id = 'x'`],
])('finds by an index: %s', (sql) => {
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { readonly detail: string }[]
  expect(plan.every(({ detail }) => detail.startsWith('SEARCH'))).toBe(true)
})
