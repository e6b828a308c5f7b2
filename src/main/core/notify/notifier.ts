import type { TaskId } from '../../../shared/model/ids.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Logger, Timer } from '../ports.js'
import {
  hasEnds,
  selectDueProgress,
  selectFirstEnds,
  selectNextDue,
} from '../store/queries/notify.js'
import { endsWaitMs } from './decide.js'
import { NotAsked } from './do-not-disturb.js'
import { type Fact, factOf } from './facts.js'
import { KeptStanding, RETRY_MS, waitMs } from './standing.js'
import { Teller, type TellerOptions } from './teller.js'
import { NAMED_TASKS } from './words.js'

/** What happens within this time is looked at together. */
const LOOK_AFTER_MS = 100
/** Facts of one turn of the event loop. */
const CHUNK = 100
/** Beyond so many facts in memory, they are left to the log. */
const MOST_FACTS = 10_000
/** A timer is never set further ahead: a clock that jumps is noticed after this time at the latest. */
const LONGEST_TIMER_MS = 60_000

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
 * restart in between neither repeats nor loses anything. Facts are handled first; the progress that has become due and
 * the ends, which stand in the store, are told in commits after it. What throws is tried alone, then once more
 * `RETRY_MS` later, and holds up nothing else; where not even that can be noted, all of it is read again by then. The
 * system is asked whether it may be disturbed when there is something to tell, which is then read again as well.
 */
export class Notifier {
  readonly #options: NotifierOptions
  readonly #teller: Teller
  #state: 'new' | 'reading' | 'live' | 'stopped' = 'new'
  readonly #standing: KeptStanding
  #facts: Fact[] = []
  #timer: Timer | null = null
  #timerAtMs = 0
  #leave: (() => void) | null = null

  constructor(options: NotifierOptions) {
    this.#options = options
    this.#teller = new Teller(options)
    this.#standing = new KeptStanding(options)
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
    // What happens from now on is not the past, also for who is never told anything before a crash.
    this.#standing.commits(() => ({}))
    this.#lookWithin(0)
  }

  stop(): void {
    const isUpToDate = this.#state === 'live' && this.#facts.length === 0
    this.#state = 'stopped'
    this.#timer?.cancel()
    this.#timer = null
    this.#leave?.()
    this.#leave = null
    // Spares the next start to look at what is known to say nothing.
    if (isUpToDate) this.#standing.commits(() => ({ seq: this.#options.log.lastSeq() }))
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
    try {
      const taken = this.#take()
      // Before the commit: somebody who hears of it may make the next fact.
      if (taken.isLast) this.#state = 'live'
      this.#handle(taken)
      this.#tryAgain()
      if (taken.isLast) {
        this.#tellDue()
        this.#tellEnds()
      }
      this.#lookAgain(!taken.isLast || this.#facts.length > 0)
    } catch (error) {
      if (this.#state === 'stopped') return
      this.#facts = []
      this.#state = 'reading'
      if (error instanceof NotAsked) {
        void this.#options.doNotDisturb.ask().then(() => this.#lookWithin(0))
        return
      }
      this.#options.logger.warn({ error }, 'the store takes no notifications')
      this.#lookWithin(RETRY_MS)
    }
  }

  #take(): Taken {
    const { log } = this.#options
    const { seq: handled } = this.#standing.now
    if (this.#state === 'live') {
      const facts = this.#facts.splice(0, CHUNK)
      const seq = facts.at(-1)?.seq ?? handled
      return { facts, seq, isLast: this.#facts.length === 0 }
    }
    const events = log.read(handled, CHUNK)
    const facts = events.flatMap((event) => factOf(event) ?? [])
    const seq = events.at(-1)?.seq ?? log.lastSeq()
    return { facts, seq, isLast: seq >= log.lastSeq() }
  }

  #handle({ facts, seq }: Taken): void {
    const standing = this.#standing
    if (seq === standing.now.seq) return
    const areHandled = standing.commits((tx) => {
      for (const fact of facts) this.#teller.handle(tx, fact)
      return { seq }
    })
    if (areHandled) return
    for (const fact of facts) {
      const isHandled = standing.commits((tx) => {
        this.#teller.handle(tx, fact)
        return { seq: fact.seq }
      })
      if (!isHandled) standing.commit(() => ({ seq: fact.seq, again: standing.withLater(fact) }))
    }
    standing.commit(() => ({ seq }))
  }

  /** What could not be handled, once more; what cannot be handled then is left out. */
  #tryAgain(): void {
    const { clock, logger } = this.#options
    for (const entry of this.#standing.now.again) {
      if (waitMs(entry.atMs, clock.now()) > 0) continue
      const { fact } = entry
      const again = this.#standing.now.again.filter((other) => other !== entry)
      const isHandled = this.#standing.commits((tx) => {
        this.#teller.handle(tx, fact)
        if (fact.kind === 'ended') this.#teller.end(tx, fact.taskId)
        return { again }
      })
      if (isHandled) continue
      logger.error({ fact }, 'a notification is left out')
      this.#standing.commit(() => ({ again }))
    }
  }

  #tellDue(): void {
    const { log, clock } = this.#options
    const now = clock.now()
    const ids = log.query((db) => selectDueProgress(db, now, CHUNK))
    const tells = (due: readonly TaskId[]) =>
      this.#standing.commits((tx) => {
        for (const id of due) this.#teller.progress(tx, id, null)
        return {}
      })
    if (ids.length === 0 || tells(ids)) return
    for (const id of ids) {
      if (!tells([id])) log.transaction((tx) => this.#teller.putOffProgress(tx, id, now + RETRY_MS))
    }
  }

  #tellEnds(): void {
    const { log, clock } = this.#options
    const standing = this.#standing
    const { endsAtMs: atMs, summaryId } = standing.now
    if (endsWaitMs(atMs, clock.now()) > 0 || !log.query(hasEnds)) return
    const areTold = standing.commits((tx) => {
      const told = this.#teller.ends(tx, { atMs, summaryId })
      return { endsAtMs: told.atMs, summaryId: told.summaryId }
    })
    if (areTold) return
    for (const taskId of log.query((db) => selectFirstEnds(db, NAMED_TASKS))) {
      const isTold = standing.commits((tx) => {
        this.#teller.end(tx, taskId)
        return { endsAtMs: tx.at, summaryId: null }
      })
      if (isTold) continue
      standing.commit((tx) => {
        this.#teller.takeBackEnd(tx, taskId)
        return { again: standing.withLater({ kind: 'ended', taskId, seq: standing.now.seq }) }
      })
    }
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
      ...(log.query(hasEnds) ? [endsWaitMs(this.#standing.now.endsAtMs, now)] : []),
      ...this.#standing.now.again.map(({ atMs }) => waitMs(atMs, now)),
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
