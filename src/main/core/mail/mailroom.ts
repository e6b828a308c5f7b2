import { USER } from '../../../shared/model/agent.js'
import type { MailId, TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import type { Ids } from '../ports.js'
import { selectAgent, selectAgentNames } from '../store/queries/agents.js'
import {
  countUnread,
  countUnreadFrom,
  insertMail,
  selectMail,
  selectMailOfCall,
  updateMail,
} from '../store/queries/mails.js'
import { changeMail } from './change-mail.js'
import { type MailRecord, mailView } from './mail-record.js'

/** A mail that somebody wants sent. */
export interface Draft {
  readonly sessionId: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly body: string
  /** Index into `MAIL_PRIORITIES`. */
  readonly priority: number
  readonly replyTo?: MailId | undefined
  readonly expiresAtMs?: number | undefined
  /** Of the mail that led to this one; -1 where none did. */
  readonly causeHops: number
  /** Names the call, which may be repeated after a crash. */
  readonly callId?: string
  readonly isFailure?: boolean
  /** The sender's task waits for the answer. */
  readonly waiting?: { readonly taskId: TaskId; readonly untilMs: number | null }
}

/** Whoever acts on what came into an inbox; called inside the commit. */
export interface Postman {
  /** A mail lies in the inbox of an agent. */
  delivered(transaction: Transaction, mail: MailRecord): void
  /** The answer that a task waits for is there. */
  answered(transaction: Transaction, taskId: TaskId): void
}

/** Mails that may follow from one another before it counts as a circle. */
export const MOST_HOPS = 25
const USER_INBOX = 10_000
const DEFAULT_INBOX = 1_000
/** Of one agent, so that none of them fills the inbox of the person for the others. */
const MOST_FROM_ONE = 1_000

/**
 * Sends mail (SEEDS A13, A14). A mail is in the inbox in the commit that sends it, and what follows from that (a
 * sleeper wakes, a task begins, a wait ends) is in the same one.
 */
export class Mailroom {
  readonly #ids: Ids
  readonly #postman: Postman

  constructor(ids: Ids, postman: Postman) {
    this.#ids = ids
    this.#postman = postman
  }

  /**
   * @returns the mail; the earlier one where the same call has sent it already
   * @throws AppError `invalid_params`, `not_found` or `limit_exceeded`; then nothing was sent
   */
  send(transaction: Transaction, draft: Draft): MailRecord {
    const { db, at } = transaction
    const sent = draft.callId === undefined ? undefined : selectMailOfCall(db, draft.callId, at)
    if (sent !== undefined) return sent
    const original = this.#check(transaction, draft)
    const id = this.#ids.next('mail') as MailId
    const row: Omit<MailRecord, 'ordinal'> = {
      id,
      sessionId: draft.sessionId,
      threadId: original?.threadId ?? id,
      replyTo: original?.id ?? null,
      from: draft.from,
      to: draft.to,
      subject: draft.subject,
      body: draft.body,
      priority: draft.priority,
      state: 'unread',
      hops: draft.causeHops + 1,
      isFailure: draft.isFailure ?? false,
      createdAtMs: at,
      expiresAtMs: draft.expiresAtMs ?? null,
      readAtMs: null,
      handledAtMs: null,
      taskId: null,
      error: null,
      callId: draft.callId ?? null,
      waitingTask: draft.waiting?.taskId ?? null,
      waitUntilMs: draft.waiting?.untilMs ?? null,
      answerId: null,
      readCall: null,
    }
    const mail: MailRecord = { ...row, ordinal: insertMail(db, row) }
    const isAwaited = original !== undefined && this.#closesWait(transaction, original, mail)
    const stored: MailRecord = isAwaited
      ? { ...mail, state: 'read', readAtMs: at, taskId: original.waitingTask }
      : mail
    if (isAwaited) updateMail(db, stored)
    transaction.emit('mail.received', {
      sessionId: mail.sessionId,
      agentId: mail.to,
      mailId: id,
      mail: mailView(stored),
    })
    if (isAwaited && original.waitingTask !== null) {
      this.#postman.answered(transaction, original.waitingTask)
    } else if (mail.to !== USER) this.#postman.delivered(transaction, stored)
    return stored
  }

  /** @returns the mail that is answered */
  #check({ db, at }: Transaction, draft: Draft): MailRecord | undefined {
    const { sessionId, from, to } = draft
    for (const [field, name] of [
      ['from', from],
      ['to', to],
    ] as const) {
      if (name === USER || selectAgent(db, sessionId, name, at) !== undefined) continue
      throw unknownAddress(field, name, selectAgentNames(db, sessionId))
    }
    if (from === to) throw new AppError('invalid_params', `to: ${to} cannot send mail to itself`)
    if (draft.expiresAtMs !== undefined && draft.expiresAtMs <= at) {
      throw new AppError(
        'invalid_params',
        `expiresAt: ${new Date(draft.expiresAtMs).toISOString()} is in the past`,
      )
    }
    if (draft.causeHops + 1 > MOST_HOPS) {
      throw new AppError(
        'limit_exceeded',
        `${MOST_HOPS} mails have followed from one another without a person: this looks like a circle; ` +
          'finish the task with what there is',
      )
    }
    const most =
      to === USER
        ? USER_INBOX
        : (selectAgent(db, sessionId, to, at)?.config.limits?.maxInbox ?? DEFAULT_INBOX)
    if (countUnread(db, sessionId, to) >= most) {
      throw new AppError(
        'limit_exceeded',
        `the inbox of ${to} is full: ${most} mails wait there already`,
      )
    }
    if (to === USER && countUnreadFrom(db, { sessionId, from, to }) >= MOST_FROM_ONE) {
      throw new AppError(
        'limit_exceeded',
        `${MOST_FROM_ONE} mails of ${from} wait for the person already: finish with what there is`,
      )
    }
    return draft.replyTo === undefined ? undefined : original(db, draft, draft.replyTo, at)
  }

  /** Marks what was answered. @returns whether a task has waited for this very answer */
  #closesWait(transaction: Transaction, original: MailRecord, answer: MailRecord): boolean {
    if (answer.from !== original.to) return false
    const isAwaited = original.waitingTask !== null && original.answerId === null
    changeMail(transaction, {
      ...original,
      // Word of a failure is no answer.
      ...(answer.isFailure || original.state === 'expired'
        ? {}
        : { state: 'replied', handledAtMs: transaction.at }),
      answerId: isAwaited ? answer.id : original.answerId,
    })
    return isAwaited
  }
}

function original(
  db: Transaction['db'],
  { sessionId, from, to }: Draft,
  replyTo: MailId,
  at: number,
): MailRecord {
  const found = selectMail(db, replyTo, at)
  if (found === undefined || found.sessionId !== sessionId) {
    throw new AppError('not_found', `replyTo: this session has no mail ${replyTo}`)
  }
  const parties = [found.from, found.to]
  if (parties.includes(from) && parties.includes(to)) return found
  throw new AppError(
    'invalid_params',
    `replyTo: ${replyTo} was sent by ${found.from} to ${found.to}; only they can answer each other on it`,
  )
}

function unknownAddress(field: string, name: string, known: readonly string[]): AppError {
  return new AppError(
    'not_found',
    `${field}: there is no agent ${JSON.stringify(name)} in this session; known are ${[USER, ...known].join(', ')}`,
  )
}
