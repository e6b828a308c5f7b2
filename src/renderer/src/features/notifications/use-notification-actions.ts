import type { Notification, NotificationAction } from '../../../../shared/model/notification.js'
import { requestFor } from '../../../../shared/rpc/notification-request.js'
import type { Host } from '../../app/host.js'
import { useHost } from '../../app/host.js'
import { showPlace } from '../../app/places/show-place.js'
import { currentText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'

/** Carries out what a notification offers; who acts on it has read it. */
export function act(host: Host, notification: Notification, action: NotificationAction): void {
  const request = requestFor(notification, action)
  const text = currentText().notifications
  if (request === null) {
    open(host, notification)
    return
  }
  host.call(request.method, request.params).catch(failed(text.notDone))
  if (request.method !== 'notification.read') markRead(host, notification)
}

/** Leads to what it is about. */
export function open(host: Host, notification: Notification): void {
  markRead(host, notification)
  void showPlace(host, notification.place)
}

export function markRead(host: Host, { id, readAt }: Notification): void {
  if (readAt !== null) return
  host
    .call('notification.read', { notificationIds: [id] })
    .catch(failed(currentText().notifications.notChanged))
}

/** What can be done about the list. */
export function useListActions() {
  const host = useHost()
  const notChanged = failed(currentText().notifications.notChanged)
  return {
    readAll: () => void host.call('notification.read', {}).catch(notChanged),
    clear: () => void host.call('notification.delete', {}).catch(notChanged),
    setRead: ({ id }: Notification, read: boolean) =>
      void host.call('notification.read', { notificationIds: [id], read }).catch(notChanged),
    remove: ({ id }: Notification) =>
      void host.call('notification.delete', { notificationIds: [id] }).catch(notChanged),
    loadOlder: () => void host.loadOlderNotifications().catch(notChanged),
  }
}
