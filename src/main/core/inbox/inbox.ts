import { BlockerId, MailId, PlanId, TaskId } from '../../../shared/model/ids.js'
import {
  INBOX_KINDS,
  type InboxCounts,
  type InboxItem,
  type InboxKind,
} from '../../../shared/model/inbox.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Mail } from '../mail/mail.js'
import { mailView } from '../mail/mail-record.js'
import type { ModelHealth } from '../models/model-health.js'
import type { Plans } from '../orchestrator/plans.js'
import type { Clock, Logger, Timer } from '../ports.js'
import type { WriteDb } from '../store/database.js'
import { selectBlocker, selectBlockers } from '../store/queries/blockers.js'
import {
  countInbox,
  deleteFailure,
  isOpenChange,
  isStalled,
  selectMailsToPerson,
  selectOpenChanges,
  selectProposed,
  selectStalled,
  selectUnseenFailures,
  setSeen,
} from '../store/queries/inbox.js'
import { selectMail } from '../store/queries/mails.js'
import { selectWorktree } from '../store/queries/worktrees.js'
import { viewOf } from '../workplaces/worktree-record.js'
import {
  changeItem,
  failureItem,
  mailItem,
  modelItem,
  planItem,
  questionItem,
  stalledItem,
} from './items.js'

/** Of each kind. */
const MOST_ITEMS = 200
/** What happens within this time is told once. */
const TELL_AFTER_MS = 50
/** A timer is never set further ahead: a clock that jumps is noticed after this time at the latest. */
const LONGEST_TIMER_MS = 60 * 60 * 1000

export interface InboxWish {
  /** Default: all. */
  readonly kinds?: readonly InboxKind[] | undefined
  /** Of all kinds together. */
  readonly limit?: number | undefined
}

export interface InboxOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly health: ModelHealth
  readonly plans: Plans
  readonly mail: Mail
}

/**
 * Everything that waits for the person, read from where it is the truth: nothing is kept here that could differ
 * from it, save which failures and changes were looked at.
 *
 * After each commit it counts, at most once in `TELL_AFTER_MS`, and tells when what waits may be another.
 */
export class Inbox {
  readonly #options: InboxOptions
  readonly #ends: (() => void)[] = []
  #timer: Timer | null = null
  /** When the model's limit is over. */
  #reset: Timer | null = null
  /** Something was said that changes an item although the counts stay. */
  #hasChanged = false
  #told = ''

  constructor(options: InboxOptions) {
    this.#options = options
  }

  start(): void {
    this.#told = JSON.stringify(this.counts())
    const { log, health } = this.#options
    const unsubscribe = log.subscribe({
      durable: ({ name }) => {
        if (name === 'settings.changed') health.settingsChanged()
        if (CHANGES_ITEMS.test(name)) this.#hasChanged = true
        this.#tellSoon()
      },
      live: () => undefined,
    })
    this.#ends.push(
      unsubscribe,
      health.onChange(() => this.#modelChanged()),
    )
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end()
    this.#timer?.cancel()
    this.#reset?.cancel()
  }

  counts(): InboxCounts {
    const stored = this.#options.log.query(countInbox)
    const byKind = { model: this.#options.health.trouble === null ? 0 : 1, ...stored }
    const total = INBOX_KINDS.reduce((sum, kind) => sum + byKind[kind], 0)
    return { total, byKind }
  }

  /** What holds up work first. No more is read than `limit` asks for, as far as its order allows. */
  list({ kinds = INBOX_KINDS, limit = Number.POSITIVE_INFINITY }: InboxWish = {}): {
    items: InboxItem[]
    counts: InboxCounts
  } {
    const now = this.#options.clock.now()
    const items = this.#options.log.query((db) => {
      const found: InboxItem[] = []
      for (const kind of INBOX_KINDS) {
        const most = Math.min(MOST_ITEMS, limit - found.length)
        if (most === 0) break
        if (kinds.includes(kind)) found.push(...this.#itemsOf(kind, db, now, most))
      }
      return found
    })
    return { items, counts: this.counts() }
  }

  /**
   * @returns how many of them were there, and which were not
   * @throws AppError `invalid_params` for an id of no kind, `invalid_state` for what needs an answer
   */
  dismiss(ids: readonly string[]): { dismissed: number; missing: string[] } {
    const wanted = [...new Set(ids)].map(splitId)
    const open = wanted.find((item) => this.#needsAnswer(item))
    if (open !== undefined) {
      throw new AppError(
        'invalid_state',
        `itemIds: ${open.id} needs an answer; it leaves the inbox with it`,
      )
    }
    // Each mail is a commit of its own: whoever waits for the answer hears that there is none.
    const done = wanted.filter(({ kind, of }) => kind === 'mail' && this.#acks(of))
    done.push(
      ...this.#options.log.transaction((tx) => wanted.filter((item) => sees(tx, item))),
      ...wanted.filter(({ id }) => this.#dismissesTrouble(id)),
    )
    if (done.length > 0) this.#tellSoon()
    const missing = wanted.filter((item) => !done.includes(item)).map(({ id }) => id)
    return { dismissed: done.length, missing }
  }

  #needsAnswer({ kind, of }: NamedItem): boolean {
    const { log, clock, plans } = this.#options
    if (kind === 'plan') {
      const planId = PlanId.safeParse(of)
      return planId.success && plans.get(planId.data)?.state === 'proposed'
    }
    const blockerId = kind === 'question' ? BlockerId.safeParse(of) : null
    if (!blockerId?.success) return false
    return log.query((db) => selectBlocker(db, blockerId.data, clock.now()))?.state === 'open'
  }

  /** @returns whether there was such trouble */
  #dismissesTrouble(id: string): boolean {
    const { health } = this.#options
    if (health.trouble === null || modelItem(health.trouble).id !== id) return false
    health.dismiss()
    return true
  }

  /** @returns whether it waited */
  #acks(of: string): boolean {
    const { log, clock, mail } = this.#options
    const id = MailId.parse(of)
    const found = log.query((db) => selectMail(db, id, clock.now()))
    if (found?.to !== 'user' || found.state !== 'unread') return false
    mail.ack(id)
    return true
  }

  #itemsOf(kind: InboxKind, db: WriteDb, now: number, most: number): InboxItem[] {
    switch (kind) {
      case 'model': {
        const { trouble } = this.#options.health
        return trouble === null ? [] : [modelItem(trouble)]
      }
      case 'question': {
        const open = { state: 'open' as const, before: Number.MAX_SAFE_INTEGER, limit: MOST_ITEMS }
        return selectBlockers(db, open, now)
          .map(({ ordinal: _order, ...blocker }) => questionItem(blocker))
          .toSorted(stoppedWorkFirst)
          .slice(0, most)
      }
      case 'plan':
        return selectProposed(db, most, now).flatMap(({ planId }) => {
          const plan = this.#options.plans.get(planId)
          return plan === undefined ? [] : [planItem(plan)]
        })
      case 'stalled':
        return selectStalled(db, most, now).map(({ sinceMs, ...task }) =>
          stalledItem(task, sinceMs),
        )
      case 'failure':
        return selectUnseenFailures(db, most, now).map(({ code, message, atMs, ...task }) =>
          failureItem(task, { code: code ?? 'internal', message: message ?? '' }, atMs),
        )
      case 'change':
        return selectOpenChanges(db, most, now).flatMap((task) => {
          const worktree = selectWorktree(db, task.taskId, now)
          return worktree === undefined ? [] : [changeItem(task, viewOf(worktree))]
        })
      case 'mail':
        return selectMailsToPerson(db, most).flatMap(({ id, sessionId }) => {
          const mail = selectMail(db, id, now)
          return mail === undefined ? [] : [mailItem(sessionId, mailView(mail))]
        })
    }
  }

  #modelChanged(): void {
    this.#hasChanged = true
    this.#reset?.cancel()
    this.#reset = null
    this.#tellSoon()
    this.#awaitReset()
  }

  #awaitReset(): void {
    const until = this.#options.health.trouble?.until
    if (until === undefined || this.#ends.length === 0) return
    const { clock } = this.#options
    const leftMs = Math.min(LONGEST_TIMER_MS, Math.max(0, until - clock.now()))
    this.#reset = clock.schedule(leftMs, () => {
      this.#reset = null
      this.#tellSoon()
      this.#awaitReset()
    })
  }

  #tellSoon(): void {
    if (this.#ends.length === 0) return
    this.#timer ??= this.#options.clock.schedule(TELL_AFTER_MS, () => {
      this.#timer = null
      this.#tell()
    })
  }

  #tell(): void {
    const { log, logger } = this.#options
    try {
      const counts = this.counts()
      const now = JSON.stringify(counts)
      if (now === this.#told && !this.#hasChanged) return
      this.#told = now
      this.#hasChanged = false
      log.live('inbox.changed', { counts })
    } catch (error) {
      // It is counted again after the next commit.
      logger.warn({ error }, 'the inbox could not be counted')
    }
  }
}

/** Events after which an item may be another although as many wait as before. */
const CHANGES_ITEMS = /^(?:blocker|plan|change|mail)\.|^task\.(?:stalled|failed)$/

/** Questions that a task waits for, then the others; the oldest first. */
function stoppedWorkFirst(one: InboxItem, other: InboxItem): number {
  return stopsWork(other) - stopsWork(one) || one.since - other.since
}

function stopsWork(item: InboxItem): number {
  return item.kind === 'question' && item.blocker.kind === 'sync' ? 1 : 0
}

interface NamedItem {
  readonly kind: InboxKind
  readonly id: string
  /** The id of what it is about. */
  readonly of: string
}

function splitId(id: string): NamedItem {
  const colon = id.indexOf(':')
  const [name, of] = [id.slice(0, colon), id.slice(colon + 1)]
  const kind = INBOX_KINDS.find((known) => known === name)
  const isOne =
    kind === 'mail'
      ? MailId.safeParse(of).success
      : kind === 'failure' || kind === 'change' || kind === 'stalled'
        ? TaskId.safeParse(of).success
        : kind !== undefined
  if (kind !== undefined && isOne) return { kind, id, of }
  throw new AppError(
    'invalid_params',
    `itemIds: ${JSON.stringify(id)} is no item of an inbox; take an id of inbox.list, such as failure:task_…`,
  )
}

/** @returns whether it waited */
function sees({ db, at }: Transaction, { kind, id, of }: NamedItem): boolean {
  if (kind !== 'failure' && kind !== 'stalled' && kind !== 'change') return false
  const taskId = TaskId.parse(of)
  if (kind === 'failure') return deleteFailure(db, taskId)
  if (kind === 'stalled' ? !isStalled(db, taskId) : !isOpenChange(db, taskId)) return false
  setSeen(db, id, at)
  return true
}
