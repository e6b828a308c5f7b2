import { toast } from 'sonner'
import type { NotificationId } from '../../../../shared/model/ids.js'
import type { Notification } from '../../../../shared/model/notification.js'
import { announceText } from '../../app/announcer.js'
import type { Host } from '../../app/host.js'
import { isWideNow } from '../../app/is-wide.js'
import type { HostEvent } from '../../stores/host-event.js'
import { useView } from '../../stores/view.js'
import { showInBrowser, withdrawFromBrowser } from './browser-notice.js'
import { isInSight } from './is-in-sight.js'
import { act, markRead, open } from './use-notification-actions.js'

/** The toaster of notifications; the others are for what a person has just done. */
export const TOASTER = 'notifications'
/** What is older came while this window was away: it stands in the list. */
const NEWS_MS = 60_000
const SHOWN_MS = 8000
/** Beside each other; the others stand in the list. */
const MOST_BUTTONS = 1

/** Shows what has just been told, where it is not in sight already, and takes away what is settled. */
export function showNotifications(host: Host, events: readonly HostEvent[], hostNow: number): void {
  for (const event of events) {
    switch (event.name) {
      case 'notification.created':
        withdraw(event.params.replaces)
        if (hostNow - event.params.at < NEWS_MS) show(host, event.params.notification)
        break
      case 'notification.updated':
        refresh(host, event.params.notification)
        break
      case 'notification.read':
        if (event.params.readAt !== null) withdraw(event.params.notificationIds)
        break
      case 'notification.deleted':
        withdraw(event.params.notificationIds)
        break
      default:
    }
  }
}

/** The list says it all: nothing stands before it. */
export function putAway(): void {
  for (const id of [...onScreen]) {
    if (onScreen.delete(id)) toast.dismiss(id)
  }
}

function show(host: Host, notification: Notification): void {
  if (notification.quiet) return
  if (!document.hasFocus()) {
    showInBrowser(notification, () => open(host, notification))
    return
  }
  const view = useView.getState()
  if (view.notificationsOpen) return
  if (isInSight(notification, view, isWideNow())) {
    // A question is read by whoever answers it.
    if (!notification.needsAnswer) markRead(host, notification)
    return
  }
  showToast(host, notification)
  // Ends and questions are spoken as they happen; progress is not.
  if (notification.kind === 'progress') announceText(notification.title)
}

const onScreen = new Set<NotificationId>()

function showToast(host: Host, notification: Notification): void {
  const { id, title, body, actions, needsAnswer, kind } = notification
  const say = kind === 'failed' ? toast.error : kind === 'completed' ? toast.success : toast.message
  const [first] = actions.filter((action) => action.kind !== 'open').slice(0, MOST_BUTTONS)
  const offered = first !== undefined && first.kind !== 'dismiss' && !needsAnswer ? first : null
  const way = actions.find((action) => action.kind === 'open')
  onScreen.add(id)
  say(title, {
    ...{ id, toasterId: TOASTER, description: body === '' ? undefined : body },
    duration: needsAnswer ? Number.POSITIVE_INFINITY : SHOWN_MS,
    ...(way && { action: { label: way.label, onClick: () => open(host, notification) } }),
    ...(offered && {
      cancel: { label: offered.label, onClick: () => act(host, notification, offered) },
    }),
    // Who takes it away has seen it; one that goes by itself may have been missed.
    onDismiss: () => {
      if (onScreen.delete(id) && !needsAnswer) markRead(host, notification)
    },
    onAutoClose: () => onScreen.delete(id),
  })
}

function refresh(host: Host, notification: Notification): void {
  if (notification.settledAt !== null || notification.readAt !== null) withdraw([notification.id])
  else if (onScreen.has(notification.id)) showToast(host, notification)
}

function withdraw(ids: readonly NotificationId[] | null): void {
  withdrawFromBrowser(ids)
  for (const id of ids ?? [...onScreen]) {
    if (onScreen.delete(id)) toast.dismiss(id)
  }
}
