import { expect, test } from 'vitest'
import { ConversationId, NotificationId, TaskId } from '../../../../shared/model/ids.js'
import type { Notification } from '../../../../shared/model/notification.js'
import { isInSight, type Sight } from './is-in-sight.js'
import { daysAgo, daysOf } from './notification-look.js'

const taskId = TaskId.parse('task_a')
const conversationId = ConversationId.parse('conv_a')
const notification: Notification = {
  ...{ id: NotificationId.parse('ntf_a'), kind: 'completed', title: 'Done', body: '', count: 1 },
  ...{ place: { kind: 'task', taskId }, actions: [], taskId, conversationId, needsAnswer: false },
  ...{ quiet: false, sound: false, createdAt: 1, readAt: null, settledAt: null },
}
const question: Notification = { ...notification, kind: 'question', needsAnswer: true }
const summary: Notification = { ...notification, kind: 'summary', place: { kind: 'tasks' } }

const chat: Sight = {
  ...{ area: 'chat', conversationId: null, taskId: null, tasksOpen: true, pane: 'chat' },
  dialog: null,
}

test.each([
  ['another chat', notification, chat, true, false],
  ['its conversation', notification, { ...chat, conversationId }, true, true],
  [
    'its conversation below a dialog',
    notification,
    { ...chat, conversationId, dialog: 'settings' },
    true,
    false,
  ],
  [
    'its conversation in a narrow window that shows tasks',
    notification,
    { ...chat, conversationId, pane: 'tasks' },
    false,
    false,
  ],
  ['its details', notification, { ...chat, taskId }, true, true],
  [
    'its details in a pane that is closed',
    notification,
    { ...chat, taskId, tasksOpen: false },
    true,
    false,
  ],
  [
    'its details in the area of tasks',
    notification,
    { ...chat, area: 'tasks', taskId },
    true,
    true,
  ],
  ['the inbox', notification, { ...chat, area: 'inbox' }, true, false],
  ['the inbox, of a question', question, { ...chat, area: 'inbox' }, true, true],
  ['all tasks, of a summary', summary, { ...chat, area: 'tasks' }, true, true],
] as const)('%s', (_name, one, view, isWide, inSight) => {
  expect(isInSight(one, view, isWide)).toBe(inSight)
})

test('days are those of the clock of the window', () => {
  const at = (day: number, hour: number) => new Date(2026, 2, day, hour).getTime()
  const items = [at(30, 9), at(30, 1), at(28, 23)].map((createdAt) => ({
    ...{ ...notification, createdAt },
  }))
  const days = daysOf(items)
  expect(days.map((day) => day.items.length)).toEqual([2, 1])
  // The clocks may have been put forward in between.
  expect(days.map(({ start }) => daysAgo(start, at(30, 12)))).toEqual([0, 2])
})
