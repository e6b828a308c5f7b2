import { z } from 'zod'
import { NotificationId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Logger, Timer } from '../ports.js'
import { hasEnds, selectDueProgress, selectNextDue } from '../store/queries/notify.js'
import { selectSetting, upsertSetting } from '../store/queries/settings.js'
import { endsWaitMs } from './decide.js'
import { type Fact, factOf } from './facts.js'
import { Teller, type TellerOptions } from './teller.js'

/** What happens within this time is looked at together. */
const LOOK_AFTER_MS = 100
/** Facts of one turn of the event loop. */
const CHUNK = 100
/** Beyond so many facts in memory, they are left to the log. */
const MOST_FACTS = 10_000
/** After a commit that was refused, such as on a full disk. */
const RETRY_MS = 30_000
/** A timer is never set further ahead: a clock that jumps is noticed after this time at the latest. */
const LONGEST_TIMER_MS = 60_000

const SETTING = 'notify'
/** How far the events have been handled, and what was told last of ends. */
const Standing = z.object({
  seq: z.number(),
  endsAtMs: z.number().nullable(),
  summaryId: NotificationId.nullable(),
})
type Standing = z.infer<typeof Standing>

export interface NotifierOptions extends TellerOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
}

/**
 * Tells the person what they want to hear, behind everything else.
 *
 * reading  events after the last one handled are read from the log, some at a time: at the start, and when more
 *          happens than memory should hold; all read → live
 * live     facts come with each commit, and are looked at a moment later
 * stopped  for good; what was not handled is read after the next start
 *
 * What is told, what is known to have been told and how far the events were handled change in one commit: a
 * restart in between neither repeats nor loses anything. Ends that wait to be told together stand in the store.
 */
export class Notifier {
  readonly #options: NotifierOptions
  readonly #teller: Teller
  #state: 'new' | 'reading' | 'live' | 'stopped' = 'new'
  #standing: Standing
  #facts: Fact[] = []
  #chunk = CHUNK
  #timer: Timer | null = null
  #timerAtMs = 0
  #leave: (() => void) | null = null

  constructor(options: NotifierOptions) {
    this.#options = options
    this.#teller = new Teller(options)
    const { log, clock } = options
    // Who was never told anything is not told of the past.
    this.#standing = log.query((db) => selectSetting(db, SETTING, Standing, clock.now())) ?? {
      ...{ seq: log.lastSeq(), endsAtMs: null, summaryId: null },
    }
  }

  start(): void {
    if (this.#state !== 'new') return
    this.#state = 'reading'
    this.#leave = this.#options.log.subscribe({
      durable: (event) => {
        if (this.#state !== 'live') return
        const fact = factOf(event)
        if (fact === null) return
        if (this.#facts.length >= MOST_FACTS) {
          this.#facts = []
          this.#state = 'reading'
        } else this.#facts.push(fact)
        this.#lookWithin(LOOK_AFTER_MS)
      },
      live: () => undefined,
    })
    this.#lookWithin(0)
  }

  stop(): void {
    const isUpToDate = this.#state === 'live' && this.#facts.length === 0
    this.#state = 'stopped'
    this.#timer?.cancel()
    this.#timer = null
    this.#leave?.()
    this.#leave = null
    const { log } = this.#options
    // Spares the next start to look at what is known to say nothing.
    if (isUpToDate) this.#write({ ...this.#standing, seq: log.lastSeq() })
  }

  #write(standing: Standing): void {
    const { log, logger } = this.#options
    try {
      log.transaction((tx) => keep(tx, standing))
    } catch (error) {
      logger.warn({ error }, 'how far notifications have come could not be kept')
    }
  }

  #lookWithin(delayMs: number): void {
    if (this.#state === 'stopped') return
    const { clock } = this.#options
    const atMs = clock.now() + delayMs
    if (this.#timer !== null && this.#timerAtMs <= atMs) return
    this.#timer?.cancel()
    this.#timerAtMs = atMs
    this.#timer = clock.schedule(delayMs, () => {
      this.#timer = null
      this.#look()
    })
  }

  #look(): void {
    const { log, logger } = this.#options
    const taken = this.#take()
    // Before the commit: somebody who hears of it may make the next fact.
    if (taken.isLast) this.#state = 'live'
    try {
      this.#standing = log.transaction((tx) => this.#handle(tx, taken))
      this.#chunk = CHUNK
    } catch (error) {
      logger.warn({ error }, 'notifications could not be written')
      this.#readAgain(taken, error instanceof AppError)
      return
    }
    this.#lookAgain(!taken.isLast || this.#facts.length > 0)
  }

  /** A store that refuses is tried again later; a fact that cannot be handled is found and left out. */
  #readAgain({ seq }: Taken, isStore: boolean): void {
    this.#facts = []
    this.#state = 'reading'
    if (!isStore) {
      if (this.#chunk === 1) this.#standing = { ...this.#standing, seq }
      this.#chunk = 1
    }
    this.#lookWithin(isStore ? RETRY_MS : LOOK_AFTER_MS)
  }

  #take(): Taken {
    const { log } = this.#options
    if (this.#state === 'live') {
      const facts = this.#facts.splice(0, this.#chunk)
      const seq = facts.at(-1)?.seq ?? this.#standing.seq
      return { facts, seq, isLast: this.#facts.length === 0 }
    }
    const events = log.read(this.#standing.seq, this.#chunk)
    const facts = events.flatMap((event) => factOf(event) ?? [])
    const seq = events.at(-1)?.seq ?? log.lastSeq()
    return { facts, seq, isLast: seq >= log.lastSeq() }
  }

  #handle(tx: Transaction, { facts, seq, isLast }: Taken): Standing {
    for (const fact of facts) this.#teller.handle(tx, fact)
    let { endsAtMs, summaryId } = this.#standing
    if (isLast) {
      for (const id of selectDueProgress(tx.db, tx.at, CHUNK)) this.#teller.progress(tx, id, null)
      if (endsWaitMs(endsAtMs, tx.at) === 0) {
        const told = this.#teller.ends(tx, { atMs: endsAtMs, summaryId })
        ;({ atMs: endsAtMs, summaryId } = told)
      }
    }
    const standing = { seq, endsAtMs, summaryId }
    keep(tx, standing)
    return standing
  }

  #lookAgain(isMore: boolean): void {
    if (isMore) {
      this.#lookWithin(0)
      return
    }
    const { log, clock } = this.#options
    const now = clock.now()
    const dueAtMs = log.query(selectNextDue)
    const waits = [
      ...(dueAtMs === null ? [] : [dueAtMs - now]),
      ...(log.query(hasEnds) ? [endsWaitMs(this.#standing.endsAtMs, now)] : []),
    ]
    if (waits.length > 0) {
      this.#lookWithin(Math.min(LONGEST_TIMER_MS, Math.max(0, Math.min(...waits))))
    }
  }
}

interface Taken {
  readonly facts: readonly Fact[]
  /** Of the last event that is handled with them. */
  readonly seq: number
  readonly isLast: boolean
}

function keep({ db }: Transaction, standing: Standing): void {
  upsertSetting(db, SETTING, JSON.stringify(standing))
}
