import { USER } from '../../../shared/model/agent.js'
import type { Correction } from '../../../shared/model/check.js'
import type { MailView } from '../../../shared/model/mail.js'
import type { HostEvent } from '../stores/host-event.js'

/** What an event means to somebody who does not see the screen; null for most of them. */
export function announcementOf(
  event: HostEvent,
  shown: string | null,
  nameOf: (taskId: string) => string,
): string | null {
  switch (event.name) {
    case 'task.completed':
      return `Task completed: ${nameOf(event.params.taskId)}`
    case 'task.failed':
      return `Task failed: ${nameOf(event.params.taskId)}`
    case 'task.cancelled':
      return `Task cancelled: ${nameOf(event.params.taskId)}`
    case 'task.correction_attempt':
      return correctionOf(event.params.correction, nameOf(event.params.taskId))
    case 'mail.received':
      return event.params.agentId === USER ? letterOf(event.params.mail) : null
    case 'blocker.created':
      return `Question of ${nameOf(event.params.taskId)}: ${event.params.blocker.question}`
    case 'plan.updated':
      return event.params.plan.state === 'proposed'
        ? `A plan waits for your approval: ${event.params.plan.goal}`
        : null
    case 'chat.message':
      return event.params.conversationId === shown ? replyOf(event.params) : null
    default:
      return null
  }
}

/** How one ended is told by the checks that follow. */
function correctionOf({ state, attempt, limit }: Correction, task: string): string | null {
  return state === 'in_progress' ? `Correction ${attempt} of ${limit}: ${task}` : null
}

function letterOf({ from, subject }: MailView): string {
  return `Mail from ${from}: ${subject || 'no subject'}`
}

const LONGEST_REPLY = 300

function replyOf(message: {
  readonly role: string
  readonly state: string
  readonly text: string
}): string | null {
  if (message.role !== 'assistant') return null
  if (message.state === 'failed') return 'The reply failed'
  if (message.state !== 'complete') return null
  const text = message.text.replace(/[#*`_>|]/g, '').trim()
  return `Assistant: ${text.length > LONGEST_REPLY ? `${text.slice(0, LONGEST_REPLY)}…` : text}`
}
