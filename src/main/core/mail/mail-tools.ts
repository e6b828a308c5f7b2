import { z } from 'zod'
import { MailId, type TaskId } from '../../../shared/model/ids.js'
import { MAIL_PRIORITIES, MailPriority, MailSubject } from '../../../shared/model/mail.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import {
  selectMail,
  selectMailOfCall,
  selectMailsInHand,
  selectMailsOfReading,
  selectUnread,
} from '../store/queries/mails.js'
import type { Tool, ToolOutcome } from '../tools/tool.js'
import { failed, succeeded } from '../tools/tool-outcome.js'
import { changeMail } from './change-mail.js'
import { requireMail } from './mail.js'
import { fenced, type MailRecord, replySubject } from './mail-record.js'
import type { Draft, Mailroom } from './mailroom.js'
import { refuseCircle } from './wait-graph.js'

export const MAIL_TOOLS = [
  'send_mail',
  'check_mail',
  'reply_mail',
  'send_mail_with_switch',
] as const

export interface MailToolsOptions {
  readonly log: EventLog
  readonly mailroom: Mailroom
  readonly sessionId: string
  /** Whose tools they are. */
  readonly agentId: string
  readonly taskId: TaskId
  /** Of the mail that the task handles; -1 where it handles none. */
  readonly hops: number
}

const DEFAULT_TIMEOUT_S = 30 * 60
const LONGEST_TIMEOUT_S = 7 * 24 * 60 * 60

const Subject = MailSubject.min(1, 'must not be empty')
const Body = z.string().min(1, 'must not be empty').max(100_000)
const To = z.string().min(1).max(64).describe('Name of an agent of this session, or "user"')

/**
 * Mail for agents. Every call may be repeated after a crash: what it sends is known by the name of the call, so that
 * nothing is sent twice, and a wait goes on where it was.
 */
export function mailTools(options: MailToolsOptions): readonly Tool[] {
  return [sendMail(options), checkMail(options), replyMail(options), sendAndWait(options)]
}

const Letter = z.strictObject({
  to: To,
  subject: Subject,
  body: Body,
  priority: MailPriority.optional().describe('Default: normal'),
})

function sendMail(options: MailToolsOptions): Tool<typeof Letter> {
  return {
    name: 'send_mail',
    description:
      'Sends mail to another agent of the session, or to the person ("user"), and goes on without waiting.',
    input: Letter,
    readOnly: true,
    summarize: ({ to, subject }) => `Mail to ${to}: ${subject}`,
    run: async (input, { callId }) => {
      const mail = options.log.transaction((tx) =>
        options.mailroom.send(tx, draftOf(tx, options, input, callId)),
      )
      return succeeded(`Sent to ${mail.to} as ${mail.id}.`)
    },
  }
}

const Check = z.strictObject({
  limit: z.number().int().min(1).max(50).optional().describe('At most so many; default 10'),
})

function checkMail({ log, sessionId, agentId, taskId }: MailToolsOptions): Tool<typeof Check> {
  return {
    name: 'check_mail',
    description:
      'Reads the unread mail of your inbox, most urgent first. What you read here counts as handled when this ' +
      'task completes; unread mail is otherwise handed to you one by one.',
    input: Check,
    readOnly: true,
    summarize: () => 'Look into the inbox',
    run: async ({ limit = 10 }, { callId }) => {
      const mails = log.transaction((tx) => {
        // What a crash has taken from the answer is told again.
        const before = selectMailsOfReading(tx.db, { taskId, callId }, tx.at)
        if (before.length > 0) return before
        const unread = selectUnread(tx.db, { sessionId, agentId, limit }, tx.at)
        for (const mail of unread) {
          const read = { state: 'read', readAtMs: tx.at, taskId, readCall: callId } as const
          changeMail(tx, { ...mail, ...read })
        }
        return unread
      })
      if (mails.length === 0) return succeeded('There is no unread mail.')
      return succeeded(mails.map(asText).join('\n\n'))
    },
  }
}

const Reply = z.strictObject({
  mailId: MailId.describe('Id of the mail that is answered'),
  body: Body,
})

function replyMail(options: MailToolsOptions): Tool<typeof Reply> {
  const { log, mailroom, agentId } = options
  return {
    name: 'reply_mail',
    description: 'Answers a mail that was sent to you.',
    input: Reply,
    readOnly: true,
    summarize: ({ mailId }) => `Answer ${mailId}`,
    run: async ({ mailId, body }, { callId }) => {
      const sent = log.transaction((tx) => {
        const mail = requireMail(tx, mailId)
        if (mail.to !== agentId || mail.sessionId !== options.sessionId) {
          throw new AppError('forbidden', `mailId: ${mailId} was not sent to you`)
        }
        const { from: to, subject, priority, hops } = mail
        return mailroom.send(tx, {
          ...{ sessionId: options.sessionId, from: agentId, to, body, priority, callId },
          subject: replySubject(subject),
          replyTo: mailId,
          causeHops: Math.max(hops, hopsOf(tx, options)),
        })
      })
      return succeeded(`Answered ${sent.to} as ${sent.id}.`)
    },
  }
}

const Switch = z.strictObject({
  to_agent: To,
  subject: Subject,
  body: Body,
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .max(LONGEST_TIMEOUT_S)
    .optional()
    .describe(`How long to wait; default ${DEFAULT_TIMEOUT_S}`),
})

function sendAndWait(options: MailToolsOptions): Tool<typeof Switch> {
  const { log, mailroom, sessionId, agentId, taskId } = options
  return {
    name: 'send_mail_with_switch',
    description:
      'Sends mail to another agent, or to the person ("user"), and waits for the answer, which is the result of ' +
      'this call. Nothing else of yours goes on meanwhile.',
    input: Switch,
    readOnly: true,
    summarize: ({ to_agent, subject }) => `Ask ${to_agent}: ${subject}`,
    run: async (input, { callId }) =>
      log.transaction((tx) => {
        const sent = selectMailOfCall(tx.db, callId, tx.at)
        if (sent !== undefined) return goOn(tx, sent)
        const { to_agent: to, subject, body, timeoutSeconds = DEFAULT_TIMEOUT_S } = input
        refuseCircle(tx, sessionId, agentId, to)
        const untilMs = tx.at + timeoutSeconds * 1000
        const draft = draftOf(tx, options, { to, subject, body, priority: 'high' }, callId)
        const mail = mailroom.send(tx, { ...draft, waiting: { taskId, untilMs } })
        return waitFor(mail)
      }),
  }
}

/** The call is looked at again: the answer is there, the time is over, or it waits on. */
function goOn(tx: Transaction, mail: MailRecord): ToolOutcome {
  if (mail.answerId !== null) {
    const answer = selectMail(tx.db, mail.answerId, tx.at)
    if (answer === undefined) return failed('internal', `the answer to ${mail.id} cannot be read`)
    return { content: `${answer.from} answers:\n\n${answer.body}`, isError: answer.isFailure }
  }
  if (mail.waitingTask === null) {
    const why =
      mail.state === 'expired' ? 'the mail expired' : (mail.error ?? 'it was not answered')
    return failed('not_found', `there will be no answer from ${mail.to}: ${why}`)
  }
  if (mail.waitUntilMs === null || tx.at < mail.waitUntilMs) return waitFor(mail)
  // A late answer comes as mail like any other.
  changeMail(tx, { ...mail, waitingTask: null })
  const seconds = Math.round((mail.waitUntilMs - mail.createdAtMs) / 1000)
  return failed(
    'timeout',
    `${mail.to} has not answered within ${seconds} s; a late answer will come as mail`,
  )
}

function waitFor(mail: MailRecord): ToolOutcome {
  const detail = `Waits for the answer of ${mail.to} to "${mail.subject}".`
  return {
    content: '',
    isError: false,
    wait: { reason: 'mail', detail, untilMs: mail.waitUntilMs },
  }
}

/** A mail follows from the task, and from every mail that was read in it. */
function hopsOf({ db, at }: Transaction, { taskId, hops }: MailToolsOptions): number {
  return Math.max(hops, ...selectMailsInHand(db, taskId, at).map((mail) => mail.hops))
}

function draftOf(
  tx: Transaction,
  options: MailToolsOptions,
  { to, subject, body, priority = 'normal' }: z.output<typeof Letter>,
  callId: string,
): Draft {
  const { sessionId, agentId } = options
  return {
    ...{ sessionId, from: agentId, to, subject, body, callId },
    priority: MAIL_PRIORITIES.indexOf(priority),
    causeHops: hopsOf(tx, options),
  }
}

function asText(mail: MailRecord): string {
  const priority = MAIL_PRIORITIES[mail.priority]
  const waits =
    mail.waitingTask === null || mail.answerId !== null
      ? ''
      : `\n${mail.from} waits for your answer: answer with reply_mail.`
  return `Mail: ${mail.id}\nFrom: ${mail.from}\nPriority: ${priority}\nSubject: ${mail.subject}${waits}\n\n${fenced(mail)}`
}
