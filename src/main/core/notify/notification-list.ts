import type { NotificationId } from '../../../shared/model/ids.js'
import type { Notification, NotificationCounts } from '../../../shared/model/notification.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import {
  countNotifications,
  deleteAllNotifications,
  deleteNotification,
  hasNotification,
  type NotificationPage,
  type NotificationRecord,
  readAllNotifications,
  selectNotification,
  selectNotifications,
  setNotificationRead,
} from '../store/queries/notifications.js'

/** What the person was told, as they read it afterwards. */
export class NotificationList {
  readonly #log: EventLog
  readonly #clock: Clock

  constructor(log: EventLog, clock: Clock) {
    this.#log = log
    this.#clock = clock
  }

  counts(): NotificationCounts {
    return this.#log.query(countNotifications)
  }

  page(page: NotificationPage): { notifications: Notification[]; next: number | null } {
    const found = this.#log.query((db) => selectNotifications(db, page, this.#clock.now()))
    return { notifications: found.notifications.map(viewOf), next: found.next }
  }

  /** @param ids undefined for all @returns how many were not so before, and which are not there */
  read(
    ids: readonly NotificationId[] | undefined,
    read: boolean,
  ): { changed: number; missing: NotificationId[] } {
    if (ids === undefined && !read) {
      throw new AppError(
        'invalid_params',
        'notificationIds: name those that are to be unread again',
      )
    }
    return this.#log.transaction(({ db, at, emit }) => {
      const readAt = read ? at : null
      const missing = (ids ?? []).filter((id) => !hasNotification(db, id))
      const changed = ids?.filter((id) => setNotificationRead(db, id, readAt))
      const count = changed?.length ?? readAllNotifications(db, at)
      if (count > 0) {
        const counts = countNotifications(db)
        emit('notification.read', { notificationIds: changed ?? null, readAt, counts })
      }
      return { changed: count, missing }
    })
  }

  /** @throws AppError `invalid_state` for one that waits for an answer */
  delete(ids: readonly NotificationId[] | undefined): number {
    return this.#log.transaction(({ db, at, emit }) => {
      const deleted = ids?.filter((id) => {
        const found = selectNotification(db, id, at)
        if (found?.needsAnswer && found.settledAt === null) {
          throw new AppError(
            'invalid_state',
            `notificationIds: ${id} waits for an answer; it can be deleted afterwards`,
          )
        }
        return deleteNotification(db, id)
      })
      const count = deleted?.length ?? deleteAllNotifications(db)
      if (count > 0) {
        emit('notification.deleted', {
          notificationIds: deleted ?? null,
          counts: countNotifications(db),
        })
      }
      return count
    })
  }
}

/** As it crosses the wire. */
export function viewOf(record: NotificationRecord): Notification {
  const { subject: _subject, ends: _ends, ...view } = record
  if ('ordinal' in view) delete view.ordinal
  return view
}
