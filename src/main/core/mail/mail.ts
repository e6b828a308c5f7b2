import { USER } from '../../../shared/model/agent.js'
import type { MailId, TaskId } from '../../../shared/model/ids.js'
import {
  MAIL_PRIORITIES,
  type MailPriority,
  type MailState,
  type MailView,
} from '../../../shared/model/mail.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { requireSession } from '../agents/life/agent-lookup.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import { selectInbox, selectMail, selectThread, selectThreads } from '../store/queries/mails.js'
import { changeMail } from './change-mail.js'
import { type MailRecord, mailView, replySubject } from './mail-record.js'
import type { Mailroom } from './mailroom.js'

export interface MailOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly mailroom: Mailroom
  /** A mail may expire earlier than what was due before. */
  readonly timersChanged: () => void
  /** A task need not wait for an answer any more. */
  readonly answered: (transaction: Transaction, taskId: TaskId) => void
}

interface Letter {
  readonly sessionId: string
  readonly from?: string | undefined
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly priority?: MailPriority | undefined
  readonly replyTo?: MailId | undefined
  /** Epoch ms. */
  readonly expiresAt?: number | undefined
}

/** Mail as people and programs send and read it (SEEDS A14). */
export class Mail {
  readonly #options: MailOptions

  constructor(options: MailOptions) {
    this.#options = options
  }

  /** @throws AppError `invalid_params`, `not_found` or `limit_exceeded` */
  send(letter: Letter): MailId {
    const { log, mailroom, timersChanged } = this.#options
    const { sessionId, from = USER, to, subject, body, priority = 'normal', ...rest } = letter
    const { id } = log.transaction((tx) =>
      mailroom.send(tx, {
        ...{ sessionId, from, to, subject, body },
        priority: MAIL_PRIORITIES.indexOf(priority),
        replyTo: rest.replyTo,
        expiresAtMs: rest.expiresAt,
        causeHops: -1,
      }),
    )
    if (rest.expiresAt !== undefined) timersChanged()
    return id
  }

  /** Answers from whoever it was sent to. */
  reply(mailId: MailId, body: string, priority: MailPriority | undefined): MailId {
    const { from, to, subject, sessionId, priority: before } = this.#require(mailId)
    return this.send({
      sessionId,
      from: to,
      to: from,
      subject: replySubject(subject),
      body,
      priority: priority ?? MAIL_PRIORITIES[before],
      replyTo: mailId,
    })
  }

  /** Most urgent first, then oldest first. */
  inbox(page: {
    readonly sessionId: string
    readonly agentId: string
    readonly unreadOnly: boolean
    readonly offset: number
    readonly limit: number
  }): { mails: MailView[]; next: number | null } {
    const { log, clock } = this.#options
    this.#requireAddress(page.sessionId, page.agentId)
    const rows = log.query((db) => selectInbox(db, page, clock.now()))
    const next = rows.length < page.limit ? null : page.offset + rows.length
    return { mails: rows.map(mailView), next }
  }

  /** Oldest first. */
  thread(mailId: MailId): MailView[] {
    const { log, clock } = this.#options
    const { threadId } = this.#require(mailId)
    return log.query((db) => selectThread(db, threadId, clock.now())).map(mailView)
  }

  /** By their last mail, newest first. */
  threads(page: { readonly sessionId: string; readonly before: number; readonly limit: number }): {
    threads: { last: MailView; count: number }[]
    next: number | null
  } {
    const { log, clock } = this.#options
    this.#requireAddress(page.sessionId, USER)
    const rows = log.query((db) => selectThreads(db, page, clock.now()))
    return {
      threads: rows.map(({ last, count }) => ({ last: mailView(last), count })),
      next: rows.length < page.limit ? null : (rows.at(-1)?.last.ordinal ?? null),
    }
  }

  /** @throws AppError `invalid_state` while a task handles it */
  ack(mailId: MailId): MailState {
    return this.#options.log.transaction((tx) => {
      const mail = requireMail(tx, mailId)
      if (mail.state === 'handled' || mail.state === 'replied') return mail.state
      if (mail.state === 'handling' || mail.state === 'read') {
        throw new AppError(
          'invalid_state',
          `mailId: ${mailId} is being handled by ${mail.to} in task ${mail.taskId}; cancel that task instead`,
        )
      }
      // Who waits for an answer hears that there will be none.
      const { waitingTask } = mail
      changeMail(tx, { ...mail, state: 'handled', handledAtMs: tx.at, waitingTask: null })
      if (waitingTask !== null) this.#options.answered(tx, waitingTask)
      return 'handled'
    })
  }

  #require(mailId: MailId): MailRecord {
    const { log, clock } = this.#options
    return log.query((db) => requireMail({ db, at: clock.now() }, mailId))
  }

  #requireAddress(sessionId: string, agentId: string): void {
    const names = this.#options.log.query((db) => requireSession(db, sessionId))
    if (agentId === USER || names.includes(agentId)) return
    throw new AppError(
      'not_found',
      `agentId: there is no agent ${agentId} in this session; known are ${[USER, ...names].join(', ')}`,
    )
  }
}

/** @throws AppError `not_found` */
export function requireMail(
  { db, at }: Pick<Transaction, 'db' | 'at'>,
  mailId: MailId,
): MailRecord {
  const mail = selectMail(db, mailId, at)
  if (mail === undefined) throw new AppError('not_found', `mailId: there is no mail ${mailId}`)
  return mail
}
