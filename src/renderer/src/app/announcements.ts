import { USER } from '../../../shared/model/agent.js'
import type { Correction } from '../../../shared/model/check.js'
import type { MailView } from '../../../shared/model/mail.js'
import type { HostEvent } from '../stores/host-event.js'
import { currentText } from '../text/text.js'

/** What an event means to somebody who does not see the screen; null for most of them. */
export function announcementOf(
  event: HostEvent,
  shown: string | null,
  nameOf: (taskId: string) => string,
): string | null {
  const { spoken } = currentText().app
  switch (event.name) {
    case 'task.completed':
      return spoken.completed(nameOf(event.params.taskId))
    case 'task.failed':
      return spoken.failed(nameOf(event.params.taskId))
    case 'task.cancelled':
      return spoken.cancelled(nameOf(event.params.taskId))
    case 'task.correction_attempt':
      return correctionOf(event.params.correction, nameOf(event.params.taskId))
    case 'mail.received':
      return event.params.agentId === USER ? letterOf(event.params.mail) : null
    case 'blocker.created':
      return spoken.question(nameOf(event.params.taskId), event.params.blocker.question)
    case 'plan.updated':
      return event.params.plan.state === 'proposed' ? spoken.plan(event.params.plan.goal) : null
    case 'chat.message':
      return event.params.conversationId === shown ? replyOf(event.params) : null
    default:
      return null
  }
}

/** How one ended is told by the checks that follow. */
function correctionOf({ state, attempt, limit }: Correction, task: string): string | null {
  return state === 'in_progress' ? currentText().app.spoken.correction(attempt, limit, task) : null
}

function letterOf({ from, subject }: MailView): string {
  return currentText().app.spoken.mail(from, subject)
}

const LONGEST_REPLY = 300
/** Marks of Markdown that a voice would read out; underscores within a name are none. */
const MARKS = /[#*`>|]|(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu

function replyOf(message: {
  readonly role: string
  readonly state: string
  readonly text: string
}): string | null {
  if (message.role !== 'assistant') return null
  if (message.state === 'failed') return currentText().app.spoken.replyFailed
  if (message.state !== 'complete') return null
  const text = message.text.replace(MARKS, '').trim()
  const short = text.length > LONGEST_REPLY ? `${text.slice(0, LONGEST_REPLY)}…` : text
  return currentText().app.spoken.reply(short)
}
