import type { NotificationId } from '../../../shared/model/ids.js'
import type { Transaction } from '../events/event-log.js'
import {
  countNotifications,
  deleteNotification,
  type NotificationRecord,
  selectNotificationOf,
  updateNotification,
} from '../store/queries/notifications.js'
import { viewOf } from './notification-list.js'

/** There is nothing to do about it any more; who acts on it has seen it. */
export function settleNotification(tx: Transaction, subject: string): void {
  const record = selectNotificationOf(tx.db, subject, tx.at)
  if (record === undefined || record.settledAt !== null) return
  changeNotification(tx, {
    ...record,
    actions: [],
    readAt: record.readAt ?? tx.at,
    settledAt: tx.at,
  })
}

export function changeNotification(tx: Transaction, record: NotificationRecord): void {
  updateNotification(tx.db, record)
  tx.emit('notification.updated', payloadOf(tx, record))
}

export function removeNotifications(tx: Transaction, ids: readonly NotificationId[]): void {
  const notificationIds = ids.filter((id) => deleteNotification(tx.db, id))
  if (notificationIds.length === 0) return
  const counts = countNotifications(tx.db)
  tx.emit('notification.deleted', { notificationIds, counts })
}

/** What an event about it says. */
export function payloadOf({ db }: Transaction, record: NotificationRecord) {
  const { taskId, conversationId } = record
  return {
    ...(taskId === undefined ? {} : { taskId }),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...{ notification: viewOf(record), counts: countNotifications(db) },
  }
}
