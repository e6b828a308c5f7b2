import type { DurableEvent, LiveEvent } from '../../shared/rpc/contract.js'
import { AppError } from '../../shared/rpc/errors.js'
import type { EventListener, EventSource } from '../core/index.js'
import { type TopicFilter, topicFilter } from './topics.js'

/** Events read from the log in one turn of the event loop. */
const CHUNK = 200

export interface SubscriptionOptions {
  readonly events: EventSource
  readonly push: (event: DurableEvent | LiveEvent) => void
  /** Whether the peer has more waiting for it than it should. */
  readonly isCongested: () => boolean
  /** The peer cannot be served any further. */
  readonly giveUp: (reason: string) => void
}

interface Waiter {
  readonly seq: number
  readonly proceed: () => void
}

/**
 * What one connection hears of the event log. A cursor holds the last event that it was given, or
 * that its topics left out.
 *
 *   off ──subscribe──► reading ──(the log has nothing after the cursor)──► live
 *                       ▲   │                                               │
 *                       │   └─(peer is congested)─► blocked ◄───────────────┘
 *                       └──────────(peer drained)─────┘
 *
 * Only in `live` events are passed on as they happen. In the other states they are left to the log,
 * so that nothing piles up in memory; the step from the last read to `live` is one synchronous
 * piece, and commits are synchronous too, so that no event falls in between. Events that are never
 * stored are not for those who lag.
 */
export class Subscription {
  readonly #options: SubscriptionOptions
  #state: 'off' | 'reading' | 'live' | 'blocked' | 'closed' = 'off'
  #cursor = 0
  #matches: TopicFilter = () => false
  #waiters: Waiter[] = []
  #unsubscribe: (() => void) | null = null
  /** Subscribe requests take effect one after another. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: SubscriptionOptions) {
    this.#options = options
  }

  get cursor(): number {
    return this.#cursor
  }

  /**
   * Resolves when everything up to now has been passed on.
   * @throws AppError `invalid_params`, or `conflict` with `oldestSeq` for what is no longer kept.
   */
  subscribe(topics: readonly string[] | undefined, sinceSeq: number | undefined): Promise<void> {
    const matches = topicFilter(topics)
    if (sinceSeq !== undefined) this.#checkStart(sinceSeq)
    const done = this.#last.then(async () => {
      // What was promised under the old topics goes out first.
      await this.#passed(this.#options.events.lastSeq())
      this.#begin(matches, sinceSeq)
      await this.#passed(this.#options.events.lastSeq())
    })
    this.#last = done.catch(() => undefined)
    return done
  }

  /** Calls back as soon as no event up to `seq` is left to be passed on; at once if that is so. */
  whenPast(seq: number, proceed: () => void): void {
    if (this.#state === 'closed') return
    if (this.#state === 'off' || this.#cursor >= seq) proceed()
    else this.#waiters.push({ seq, proceed })
  }

  /** The peer can take more. */
  drained(): void {
    if (this.#state === 'blocked' && !this.#options.isCongested()) this.#read()
  }

  /** Waiters are forgotten: there is nobody left to tell. */
  close(): void {
    this.#state = 'closed'
    this.#waiters = []
    this.#unsubscribe?.()
    this.#unsubscribe = null
  }

  #passed(seq: number): Promise<void> {
    return new Promise((resolve) => this.whenPast(seq, resolve))
  }

  #checkStart(sinceSeq: number): void {
    const { events } = this.#options
    const oldestSeq = events.oldestSeq()
    if (sinceSeq < oldestSeq - 1) {
      throw new AppError(
        'conflict',
        `sinceSeq: events after ${sinceSeq} are no longer all kept; the oldest one has seq ${oldestSeq}. ` +
          'Read the state anew and subscribe with the seq that it came with',
        { data: { oldestSeq } },
      )
    }
    if (sinceSeq > events.lastSeq()) {
      throw new AppError(
        'invalid_params',
        `sinceSeq: must be at most ${events.lastSeq()}, the seq of the last event, not ${sinceSeq}`,
      )
    }
  }

  #begin(matches: TopicFilter, sinceSeq: number | undefined): void {
    if (this.#state === 'closed') return
    const { events } = this.#options
    this.#matches = matches
    this.#unsubscribe ??= events.subscribe(this.#listener)
    if (sinceSeq !== undefined) {
      this.#cursor = sinceSeq
      this.#read()
    } else if (this.#state === 'off') {
      this.#cursor = events.lastSeq()
      this.#state = 'live'
    }
  }

  readonly #listener: EventListener = {
    durable: (event) => {
      if (this.#state === 'live' && event.seq > this.#cursor) this.#pass(event)
    },
    live: (event) => {
      if (this.#state !== 'live' || !this.#matches(event)) return
      this.#options.push(event)
      this.#blockIfCongested()
    },
  }

  #pass(event: DurableEvent): void {
    if (this.#matches(event)) this.#options.push(event)
    this.#cursor = event.seq
    this.#blockIfCongested()
    this.#release()
  }

  #blockIfCongested(): void {
    if (this.#state !== 'closed' && this.#options.isCongested()) this.#state = 'blocked'
  }

  #release(): void {
    if (this.#waiters.length === 0) return
    const ready = this.#waiters.filter(({ seq }) => seq <= this.#cursor)
    this.#waiters = this.#waiters.filter(({ seq }) => seq > this.#cursor)
    for (const { proceed } of ready) proceed()
  }

  /** Passes on one chunk of the log, and goes on in the next turn of the event loop. */
  #read(): void {
    if (this.#state === 'closed') return
    const { events, giveUp } = this.#options
    this.#state = 'reading'
    if (this.#cursor < events.oldestSeq() - 1) {
      giveUp(`this client is too slow: events after ${this.#cursor} are no longer kept`)
      return
    }
    for (const event of events.read(this.#cursor, CHUNK)) {
      this.#pass(event)
      if (this.#state !== 'reading') return
    }
    const end = events.lastSeq()
    if (this.#cursor < end && events.read(this.#cursor, 1).length > 0) {
      setImmediate(() => {
        if (this.#state === 'reading') this.#read()
      })
      return
    }
    this.#cursor = Math.max(this.#cursor, end)
    this.#state = 'live'
    this.#release()
  }
}
