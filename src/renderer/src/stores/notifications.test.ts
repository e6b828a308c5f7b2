import { expect, it } from 'vitest'
import { NotificationId, TaskId } from '../../../shared/model/ids.js'
import type { Notification } from '../../../shared/model/notification.js'
import type { HostEvent } from './host-event.js'
import {
  NO_NOTIFICATIONS,
  type NotificationsState,
  reduceNotifications,
  withNewest,
  withOlder,
} from './notifications.js'

const counts = { unread: 1, waiting: 0 }
const taskId = TaskId.parse('task_a')

function told(name: string, change: Partial<Notification> = {}): Notification {
  return {
    ...{ id: NotificationId.parse(`ntf_${name}`), kind: 'completed', title: name, body: '' },
    ...{ place: { kind: 'task', taskId }, actions: [], taskId, count: 1, needsAnswer: false },
    ...{ quiet: false, sound: false, createdAt: 1, readAt: null, settledAt: null },
    ...change,
  }
}

const stamp = { seq: 1, at: 1, counts }
const created = (notification: Notification, replaces: NotificationId[] = []): HostEvent => ({
  name: 'notification.created',
  params: { ...stamp, taskId, notification, replaces },
})
const titles = ({ items }: NotificationsState) => items?.map(({ title }) => title)
const read = (names: string[]): NotificationsState =>
  withNewest({ notifications: names.map((name) => told(name)), counts, nextCursor: '7', seq: 1 })

it('only counts until the list was read', () => {
  expect(reduceNotifications(NO_NOTIFICATIONS, created(told('a')))).toEqual({
    ...NO_NOTIFICATIONS,
    counts,
  })
})

it('puts what is new before the others, in place of what it replaces, and never twice', () => {
  const state = reduceNotifications(read(['b', 'a']), created(told('c'), [told('a').id]))
  expect(titles(state)).toEqual(['c', 'b'])
  expect(titles(reduceNotifications(state, created(told('c'))))).toEqual(['c', 'b'])
})

it('follows what is settled, read and deleted', () => {
  const settled: HostEvent = {
    name: 'notification.updated',
    params: { ...stamp, notification: told('a', { title: 'settled', settledAt: 5 }) },
  }
  const state = reduceNotifications(read(['b', 'a']), settled)
  expect(titles(state)).toEqual(['b', 'settled'])
  const marked = (ids: NotificationId[] | null, readAt: number | null): HostEvent => ({
    name: 'notification.read',
    params: { ...stamp, notificationIds: ids, readAt },
  })
  const one = reduceNotifications(state, marked([told('a').id], 4))
  const all = reduceNotifications(one, marked(null, 9))
  expect(all.items?.map(({ readAt }) => readAt)).toEqual([9, 4])
  const back = reduceNotifications(all, marked([told('b').id], null))
  expect(back.items?.map(({ readAt }) => readAt)).toEqual([null, 4])
  const deleted = (ids: NotificationId[] | null): HostEvent => ({
    name: 'notification.deleted',
    params: { ...stamp, notificationIds: ids },
  })
  expect(titles(reduceNotifications(back, deleted([told('a').id])))).toEqual(['b'])
  const waiting = withNewest({
    ...{ notifications: [told('q', { needsAnswer: true }), told('b')], counts },
    ...{ nextCursor: '7', seq: 1 },
  })
  const cleared = reduceNotifications(waiting, deleted(null))
  expect(titles(cleared)).toEqual(['q'])
  expect(cleared.nextCursor).toBeNull()
})

it('adds older pages without what is known', () => {
  const page = { notifications: [told('a'), told('z')], counts, nextCursor: null, seq: 2 }
  const state = withOlder(read(['b', 'a']), page)
  expect(titles(state)).toEqual(['b', 'a', 'z'])
  expect(state.nextCursor).toBeNull()
})
