import type { MailId, TaskId } from '../../../shared/model/ids.js'
import { MAIL_PRIORITIES, type MailState, type MailView } from '../../../shared/model/mail.js'

/** A mail as stored. Times are epoch ms. */
export interface MailRecord {
  readonly ordinal: number
  readonly id: MailId
  readonly sessionId: string
  /** The first mail of the thread. */
  readonly threadId: MailId
  readonly replyTo: MailId | null
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly body: string
  /** Index into `MAIL_PRIORITIES`. */
  readonly priority: number
  readonly state: MailState
  /** Mails that led to this one, one after another. */
  readonly hops: number
  /** It tells of a failure: one in handling it is not told in turn. */
  readonly isFailure: boolean
  readonly createdAtMs: number
  readonly expiresAtMs: number | null
  readonly readAtMs: number | null
  readonly handledAtMs: number | null
  readonly taskId: TaskId | null
  readonly error: string | null
  /** The call that sent it, so that none is sent twice. */
  readonly callId: string | null
  /** The task that waits for the answer. */
  readonly waitingTask: TaskId | null
  readonly waitUntilMs: number | null
  readonly answerId: MailId | null
  /** The call that read it. */
  readonly readCall: string | null
}

export function mailView(mail: MailRecord): MailView {
  return {
    mailId: mail.id,
    threadId: mail.threadId,
    replyTo: mail.replyTo,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    body: mail.body,
    priority: MAIL_PRIORITIES[mail.priority] ?? 'normal',
    state: mail.state,
    createdAt: mail.createdAtMs,
    expiresAt: mail.expiresAtMs,
    readAt: mail.readAtMs,
    handledAt: mail.handledAtMs,
    awaitsReply: mail.waitingTask !== null && mail.answerId === null,
    taskId: mail.taskId,
    error: mail.error,
  }
}

/** Of an answer. */
export function replySubject(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`.slice(0, 500)
}

/**
 * The text of a mail as a model reads it. Whoever wrote it may have tried to make it look like the head of another
 * mail, or like its end: so it stands in a fence that it cannot close.
 */
export function fenced({ id, body }: Pick<MailRecord, 'id' | 'body'>): string {
  return `<mail-text id="${id}">\n${body.replaceAll(/<(\/?)mail-text/gi, '<$1mail\u200b-text')}\n</mail-text>`
}
