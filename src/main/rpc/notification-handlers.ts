import type { Core } from '../core/index.js'
import { DEFAULT_PAGE, numberIn } from './cursor.js'
import type { Part } from './handler.js'

/** What the person was told. */
export function notificationHandlers({ notifications, events }: Core): Part<'notification'> {
  return {
    'notification.list': ({ unread = false, limit = DEFAULT_PAGE, cursor }) => {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : numberIn(cursor)
      const { next, ...page } = notifications.page({ unread, before, limit })
      const nextCursor = next === null ? null : String(next)
      return { ...page, nextCursor, counts: notifications.counts(), seq: events.lastSeq() }
    },
    'notification.counts': () => ({ counts: notifications.counts(), seq: events.lastSeq() }),
    'notification.read': ({ notificationIds, read = true }) => ({
      ...notifications.read(notificationIds, read),
      counts: notifications.counts(),
    }),
    'notification.delete': ({ notificationIds }) => ({
      deleted: notifications.delete(notificationIds),
      counts: notifications.counts(),
    }),
  }
}
