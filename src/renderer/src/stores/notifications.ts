import { create } from 'zustand'
import type { NotificationId } from '../../../shared/model/ids.js'
import type { Notification, NotificationCounts } from '../../../shared/model/notification.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import type { HostEvent } from './host-event.js'

export interface NotificationsState {
  /** Newest first; null until they were read from the host. */
  readonly items: readonly Notification[] | null
  readonly counts: NotificationCounts
  /** Leads to older ones; null when there are none. */
  readonly nextCursor: string | null
  /** Why they could not be read. */
  readonly error: string | null
}

export const NO_NOTIFICATIONS: NotificationsState = {
  items: null,
  counts: { unread: 0, waiting: 0 },
  nextCursor: null,
  error: null,
}

export const useNotifications = create<NotificationsState>(() => NO_NOTIFICATIONS)

export function reduceNotifications(
  state: NotificationsState,
  event: HostEvent,
): NotificationsState {
  switch (event.name) {
    case 'notification.created': {
      const { notification, counts, replaces } = event.params
      const gone = new Set([...replaces, notification.id])
      return { ...state, counts, items: replaced(state.items, gone, [notification]) }
    }
    case 'notification.updated': {
      const { notification, counts } = event.params
      const items = state.items?.map((item) => (item.id === notification.id ? notification : item))
      return { ...state, counts, items: items ?? null }
    }
    case 'notification.read': {
      const { notificationIds, readAt, counts } = event.params
      const ids = notificationIds === null ? null : new Set(notificationIds)
      const items = state.items?.map((item) =>
        (ids === null ? item.readAt === null : ids.has(item.id)) ? { ...item, readAt } : item,
      )
      return { ...state, counts, items: items ?? null }
    }
    case 'notification.deleted': {
      const { notificationIds, counts } = event.params
      const kept = state.items?.filter(
        ({ needsAnswer, settledAt }) => needsAnswer && settledAt === null,
      )
      return notificationIds === null
        ? { ...state, counts, items: kept ?? null, nextCursor: null }
        : { ...state, counts, items: replaced(state.items, new Set(notificationIds), []) }
    }
    default:
      return state
  }
}

function replaced(
  items: readonly Notification[] | null,
  gone: ReadonlySet<NotificationId>,
  added: readonly Notification[],
): readonly Notification[] | null {
  return items === null ? null : [...added, ...items.filter(({ id }) => !gone.has(id))]
}

type Page = ResultOf<'notification.list'>

/** The newest page takes the place of what was read before. */
export function withNewest({ notifications, counts, nextCursor }: Page): NotificationsState {
  return { items: notifications, counts, nextCursor, error: null }
}

export function withOlder(
  state: NotificationsState,
  { notifications, counts, nextCursor }: Page,
): NotificationsState {
  const known = new Set(state.items?.map(({ id }) => id))
  const older = notifications.filter(({ id }) => !known.has(id))
  return { ...state, items: [...(state.items ?? []), ...older], counts, nextCursor }
}
