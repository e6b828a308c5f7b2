import type { Notification } from '../../../../shared/model/notification.js'

/** Whether this browser may show notifications of its own; it is asked only when the person wants it. */
export function browserPermission(): NotificationPermission | 'absent' {
  return 'Notification' in window ? window.Notification.permission : 'absent'
}

const shown = new Map<string, globalThis.Notification>()
const MOST_SHOWN = 50

/** Shows it outside of the window, where that was allowed. In the desktop app the app itself does. */
export function showInBrowser(notification: Notification, onClick: () => void): void {
  if (window.smartAgents !== undefined || browserPermission() !== 'granted') return
  const { id, title, body, sound, needsAnswer } = notification
  const notice = new window.Notification(title, {
    ...{ body, tag: id, silent: !sound, requireInteraction: needsAnswer },
  })
  notice.addEventListener('click', () => {
    window.focus()
    onClick()
    notice.close()
  })
  notice.addEventListener('close', () => shown.delete(id))
  shown.set(id, notice)
  const [oldest] = shown.keys()
  if (shown.size > MOST_SHOWN && oldest !== undefined) shown.delete(oldest)
}

/** It was settled, read or removed elsewhere. */
export function withdrawFromBrowser(ids: readonly string[] | null): void {
  for (const id of ids ?? [...shown.keys()]) {
    shown.get(id)?.close()
    shown.delete(id)
  }
}
