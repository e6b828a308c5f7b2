import type { Notification } from '../../../../shared/model/notification.js'
import type { ViewState } from '../../stores/view.js'

export type Sight = Pick<
  ViewState,
  'area' | 'conversationId' | 'taskId' | 'tasksOpen' | 'pane' | 'dialog'
>

/** Whether what a notification leads to is on the screen already. Pure. */
export function isInSight(notification: Notification, view: Sight, isWide: boolean): boolean {
  // What lies below a dialog is not looked at.
  if (view.dialog !== null) return false
  const { place, taskId, conversationId } = notification
  const chat = view.area === 'chat' && (isWide || view.pane === 'chat')
  const tasks =
    view.area === 'tasks' ||
    (view.area === 'chat' && view.tasksOpen && (isWide || view.pane === 'tasks'))
  if (chat && conversationId !== undefined && conversationId === view.conversationId) return true
  if (tasks && taskId !== undefined && taskId === view.taskId) return true
  if (notification.needsAnswer && view.area === 'inbox') return true
  return place.kind === 'tasks' && view.area === 'tasks'
}
