import type { NotificationId } from '../../../shared/model/ids.js'
import type { Notification } from '../../../shared/model/notification.js'
import type { HeardEvent } from '../desktop/host-client.js'

/** What an event changes in the notification centre of the system. */
export interface NoticeChanges {
  readonly show: Notification | null
  readonly withdraw: readonly NotificationId[] | 'all'
}

const NOTHING: NoticeChanges = { show: null, withdraw: [] }

/**
 * Shows what the core means to be shown, to a person who does not look at the window, and takes away what is settled
 * or was read elsewhere.
 *
 * @param isShown whether it is in the notification centre now
 */
export function noticeChanges(
  event: HeardEvent,
  isLooking: boolean,
  isShown: (id: NotificationId) => boolean,
): NoticeChanges {
  switch (event.name) {
    case 'notification.created': {
      const { notification, replaces } = event.params
      return {
        show: isLooking || !isToBeSeen(notification) ? null : notification,
        withdraw: replaces,
      }
    }
    case 'notification.updated': {
      const { notification } = event.params
      if (!isShown(notification.id)) return NOTHING
      if (!isToBeSeen(notification)) return { show: null, withdraw: [notification.id] }
      // The same news about more tasks makes no noise a second time.
      return { show: { ...notification, sound: false }, withdraw: [] }
    }
    case 'notification.read': {
      const { notificationIds, readAt } = event.params
      return readAt === null ? NOTHING : { show: null, withdraw: notificationIds ?? 'all' }
    }
    case 'notification.deleted':
      return { show: null, withdraw: event.params.notificationIds ?? 'all' }
    default:
      return NOTHING
  }
}

function isToBeSeen({ quiet, needsAnswer, readAt, settledAt }: Notification): boolean {
  return readAt === null && settledAt === null && (needsAnswer || !quiet)
}
