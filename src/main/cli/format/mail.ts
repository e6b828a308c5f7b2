import type { MailView } from '../../../shared/model/mail.js'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { Terminal } from '../terminal.js'
import { formatAgo, formatComing, formatDateTime } from './duration.js'

/** A subject is never shortened below this, however narrow the terminal. */
const SHORTEST_SUBJECT = 20

/** `  - mail_a1 from writer: Subject (urgent, unread, 3m ago)`. */
export function mailLine(mail: MailView, terminal: Terminal, nowMs: number): string {
  const start = `  - ${mail.mailId} from ${terminal.foreignLine(mail.from)}: `
  return subjectLine(start, mail, remarksOf(mail, nowMs), terminal)
}

/** `  - mail_a1 writer to user: Subject (3 mails, unread, 3m ago)`; the mail is the last one. */
export function threadLine(
  { last, count }: { readonly last: MailView; readonly count: number },
  terminal: Terminal,
  nowMs: number,
): string {
  const start = `  - ${last.mailId} ${terminal.foreignLine(`${last.from} to ${last.to}`)}: `
  const remarks = [`${count} ${count === 1 ? 'mail' : 'mails'}`, ...remarksOf(last, nowMs)]
  return subjectLine(start, last, remarks, terminal)
}

function subjectLine(
  start: string,
  mail: MailView,
  remarks: readonly string[],
  terminal: Terminal,
): string {
  const remark = ` (${remarks.join(', ')})`
  // Pipes get everything; a terminal gets one row per mail where that is possible.
  const room = terminal.isInteractive
    ? Math.max(SHORTEST_SUBJECT, terminal.width - start.length - remark.length - 1)
    : Number.POSITIVE_INFINITY
  return start + truncate(subjectText(mail, terminal), room) + terminal.style('dim', remark)
}

function subjectText({ subject }: MailView, terminal: Terminal): string {
  return terminal.foreignLine(subject) || '(no subject)'
}

function remarksOf(mail: MailView, nowMs: number): string[] {
  const priority = mail.priority === 'normal' ? [] : [mail.priority]
  const waits = mail.awaitsReply ? ['its sender waits'] : []
  return [...priority, mail.state, ...waits, formatAgo(mail.createdAt, nowMs)]
}

/** A mail with its text, which is indented: nothing in it can be taken for the head of another. */
export function mailLines(mail: MailView, terminal: Terminal, nowMs: number): string[] {
  const { mailId, from, to, createdAt, replyTo, taskId, error } = mail
  const remarks = remarksOf(mail, nowMs).join(', ')
  const rows: Array<readonly [label: string, text: string | null]> = [
    ['From', `${terminal.foreignLine(from)} to ${terminal.foreignLine(to)}`],
    ['Sent', `${formatDateTime(createdAt)} (${remarks})`],
    ['Subject', subjectText(mail, terminal)],
    ['Reply to', replyTo],
    ['Expires', expiryText(mail, nowMs)],
    ['Task', taskId],
    ['Error', error === null ? null : terminal.foreignLine(error)],
  ]
  const body = terminal.foreign(mail.body).replace(/\s+$/, '')
  return [
    terminal.style('bold', `Mail ${mailId}`),
    ...rows.flatMap(([label, text]) => (text === null ? [] : [`${label}: ${text}`])),
    ...body.split('\n').map((line) => (line.trim() === '' ? '' : `  ${line}`)),
  ]
}

function expiryText({ expiresAt, state }: MailView, nowMs: number): string | null {
  if (expiresAt === null) return null
  return state === 'unread' ? formatComing(expiresAt, nowMs) : formatDateTime(expiresAt)
}
