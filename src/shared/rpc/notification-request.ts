import type { Notification, NotificationAction } from '../model/notification.js'
import type { ParamsOf } from './contract.js'

type Request = {
  [M in 'blocker.answer' | 'plan.approve' | 'plan.reject' | 'task.retry' | 'notification.read']: {
    readonly method: M
    readonly params: ParamsOf<M>
  }
}['blocker.answer' | 'plan.approve' | 'plan.reject' | 'task.retry' | 'notification.read']

/** The request that an action stands for; null for `open`, which shows the place. */
export function requestFor(
  { id, blockerId, planId, taskId }: Notification,
  { kind, label }: NotificationAction,
): Request | null {
  switch (kind) {
    case 'answer':
      return blockerId === undefined
        ? null
        : { method: 'blocker.answer', params: { blockerId, answer: label } }
    case 'approve':
      return planId === undefined ? null : { method: 'plan.approve', params: { planId } }
    case 'reject':
      return planId === undefined ? null : { method: 'plan.reject', params: { planId } }
    case 'retry':
      return taskId === undefined ? null : { method: 'task.retry', params: { taskId } }
    case 'dismiss':
      return { method: 'notification.read', params: { notificationIds: [id] } }
    case 'open':
      return null
  }
}
