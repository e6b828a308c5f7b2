import { expect, test } from 'vitest'
import { BlockerId, NotificationId, PlanId, TaskId } from '../model/ids.js'
import type { Notification } from '../model/notification.js'
import { requestFor } from './notification-request.js'

const task = TaskId.parse('task_a')
const notification: Notification = {
  ...{ id: NotificationId.parse('ntf_a'), kind: 'question', title: 'Which port?', body: '' },
  ...{ place: { kind: 'task', taskId: task }, actions: [], taskId: task, count: 1 },
  ...{ blockerId: BlockerId.parse('blk_a'), planId: PlanId.parse('plan_a') },
  ...{ needsAnswer: true, quiet: false, sound: false, createdAt: 1, readAt: null, settledAt: null },
}

test.each([
  ['answer', { method: 'blocker.answer', params: { blockerId: 'blk_a', answer: 'It' } }],
  ['approve', { method: 'plan.approve', params: { planId: 'plan_a' } }],
  ['reject', { method: 'plan.reject', params: { planId: 'plan_a' } }],
  ['retry', { method: 'task.retry', params: { taskId: 'task_a' } }],
  ['dismiss', { method: 'notification.read', params: { notificationIds: ['ntf_a'] } }],
  ['open', null],
] as const)('%s goes through the methods of the contract', (kind, request) => {
  expect(requestFor(notification, { kind, label: 'It' })).toEqual(request)
})

test('an action without what it is about does nothing', () => {
  const { blockerId: _b, planId: _p, taskId: _t, ...bare } = notification
  for (const kind of ['answer', 'approve', 'reject', 'retry'] as const) {
    expect(requestFor(bare, { kind, label: 'It' })).toBeNull()
  }
})
