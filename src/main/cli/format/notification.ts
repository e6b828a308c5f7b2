import type { Notification } from '../../../shared/model/notification.js'
import type { Terminal } from '../terminal.js'
import { formatAgo } from './duration.js'

/** A mark for what is unread, what was said, and what to call about it. */
export function notificationLines(
  notification: Notification,
  terminal: Terminal,
  nowMs: number,
): string[] {
  const { title, body, createdAt, readAt, settledAt, needsAnswer } = notification
  const mark = readAt === null ? '*' : ' '
  const head = `${mark} ${terminal.foreignLine(title)}`
  const state = settledAt !== null ? ['settled'] : needsAnswer ? ['waits for you'] : []
  const details = [formatAgo(createdAt, nowMs), ...state, ...commandOf(notification)]
  return [
    readAt === null ? terminal.style('bold', head) : head,
    ...(body === '' ? [] : [`    ${terminal.foreignLine(body)}`]),
    `    ${details.join(' · ')}`,
  ]
}

function commandOf({ kind, settledAt, taskId, blockerId }: Notification): string[] {
  if (settledAt !== null) return []
  switch (kind) {
    case 'question':
      return [`smart-agents blockers answer ${blockerId} "…"`]
    case 'approval':
      return [`smart-agents plan approve ${taskId}`]
    case 'summary':
      return ['smart-agents list']
    case 'progress':
      return [`smart-agents status ${taskId}`]
    default:
      return [`smart-agents result ${taskId}`]
  }
}
