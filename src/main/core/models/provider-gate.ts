import type { Clock, Logger, Timer } from '../ports.js'
import { ModelError } from './model-client.js'
import { abortedError } from './model-error.js'
import { SHORT_WAIT_MS } from './retry.js'

/** `chat` never waits here; `background` is limited in number and stops at a used-up rate limit. */
export type Lane = 'chat' | 'background'

export interface ProviderGateOptions {
  readonly clock: Clock
  readonly logger: Logger
  /** Background turns that may run at once; read anew at every decision. */
  readonly limit: () => number
}

export interface ProviderGate {
  /**
   * Runs one model turn and settles as `fn` does.
   *
   * A background turn waits for its place, first come, first served. While the account is parked
   * it waits when that ends within five seconds, and is refused at once with a `quota` error and
   * `retryAfterMs` otherwise, so that its task can give up its slot meanwhile.
   *
   * @throws ModelError `aborted` when the signal ends the wait; a running `fn` sees its own signal.
   */
  run<T>(
    turn: { readonly lane: Lane; readonly signal: AbortSignal },
    fn: () => Promise<T>,
  ): Promise<T>
  /** Epoch ms until which the provider takes no background turn; null when it takes them. */
  parkedUntil(): number | null
  running(): { readonly chat: number; readonly background: number }
  /** Background turns that wait for a place. */
  waiting(): number
  /** To be called when `limit` has changed; without it the new figure holds from the next turn on. */
  limitChanged(): void
  /** Called after each change of what the gate tells. Returns how to stop listening. */
  onChange(listener: () => void): () => void
  /** Ends every wait with `aborted` and lets no timer remain; turns that run are their callers'. */
  close(): void
}

/** How long background turns keep away when the provider does not say. */
const DEFAULT_PARK_MS = 30_000
/** The longest delay that the platform's timers take. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** One gate per account: all turns to one provider pass through it. */
export function createProviderGate(options: ProviderGateOptions): ProviderGate {
  return new Gate(options)
}

interface Waiter {
  readonly start: () => void
  readonly refuse: (error: ModelError) => void
}

/**
 * States of a background turn:
 *
 *   run ──► waiting ──► running ──► settled
 *    │         ├─────► refused   (parked for longer than SHORT_WAIT_MS)
 *    │         └─────► aborted
 *    └───────────────► refused | aborted
 *
 * Turns move only in `#pump`, which runs when one comes, one ends, the limit changes, or the
 * timer of the parking fires. A chat turn goes from `run` to running and never parks.
 */
class Gate implements ProviderGate {
  readonly #options: ProviderGateOptions
  readonly #running = { chat: 0, background: 0 }
  /** In the order of arrival. */
  readonly #waiters = new Set<Waiter>()
  readonly #listeners = new Set<() => void>()
  #parkedUntilMs = 0
  #parkedAtMostMs = 0
  #timer: Timer | null = null
  #closed = false

  constructor(options: ProviderGateOptions) {
    this.#options = options
  }

  async run<T>(
    turn: { readonly lane: Lane; readonly signal: AbortSignal },
    fn: () => Promise<T>,
  ): Promise<T> {
    if (this.#closed || turn.signal.aborted) throw abortedError()
    if (turn.lane === 'background') await this.#place(turn.signal)
    else this.#running.chat++
    this.#changed()
    try {
      return await fn()
    } catch (error) {
      if (error instanceof ModelError && error.errorClass === 'quota') this.#park(error)
      throw error
    } finally {
      this.#running[turn.lane]--
      this.#pump()
      this.#changed()
    }
  }

  parkedUntil(): number | null {
    return this.#parkedForMs() > 0 ? this.#parkedUntilMs : null
  }

  running(): { readonly chat: number; readonly background: number } {
    return { ...this.#running }
  }

  waiting(): number {
    return this.#waiters.size
  }

  limitChanged(): void {
    this.#pump()
    this.#changed()
  }

  onChange(listener: () => void): () => void {
    const own = () => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  close(): void {
    this.#closed = true
    this.#timer?.cancel()
    this.#timer = null
    for (const waiter of [...this.#waiters]) waiter.refuse(abortedError())
    this.#changed()
  }

  /** Resolves with the turn counted as running; that happens in `#pump`, before anyone else can. */
  #place(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = (settle: () => void) => {
      this.#waiters.delete(waiter)
      signal.removeEventListener('abort', onAbort)
      settle()
    }
    const waiter: Waiter = {
      start: () => leave(resolve),
      refuse: (error) => leave(() => reject(error)),
    }
    const onAbort = () => {
      waiter.refuse(abortedError())
      this.#pump()
      this.#changed()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    this.#waiters.add(waiter)
    this.#pump()
    if (this.#waiters.has(waiter)) this.#changed()
    return promise
  }

  #pump(): void {
    if (this.#closed) return
    const parkedForMs = this.#parkedForMs()
    if (parkedForMs > SHORT_WAIT_MS) {
      for (const waiter of [...this.#waiters]) waiter.refuse(parkedError(parkedForMs))
    }
    if (parkedForMs > 0) {
      this.#wakeAfter(parkedForMs)
      return
    }
    this.#timer?.cancel()
    this.#timer = null
    for (const waiter of [...this.#waiters]) {
      if (this.#running.background >= this.#options.limit()) return
      this.#running.background++
      waiter.start()
    }
  }

  #park(error: ModelError): void {
    const forMs = error.retryAfterMs ?? DEFAULT_PARK_MS
    // Turns that were under way together fail together; the latest instant is the one that holds.
    if (forMs <= this.#parkedForMs()) return
    const untilMs = this.#options.clock.now() + forMs
    this.#parkedUntilMs = untilMs
    this.#parkedAtMostMs = forMs
    this.#options.logger.info(
      { untilMs, waiting: this.#waiters.size },
      'the rate limit is used up: background turns keep away until the reset',
    )
  }

  #parkedForMs(): number {
    const now = this.#options.clock.now()
    // More than the provider had asked for: the clock was set back, and what is left is unknown.
    if (this.#parkedUntilMs - now > this.#parkedAtMostMs) {
      this.#parkedUntilMs = now + this.#parkedAtMostMs
    }
    return Math.max(0, this.#parkedUntilMs - now)
  }

  #wakeAfter(delayMs: number): void {
    this.#timer?.cancel()
    this.#timer = this.#options.clock.schedule(Math.min(delayMs, MAX_TIMER_MS), () => {
      this.#timer = null
      this.#pump()
      this.#changed()
    })
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener()
      } catch (error) {
        this.#options.logger.error({ err: error }, 'a listener of the provider gate threw')
      }
    }
  }
}

function parkedError(parkedForMs: number): ModelError {
  const seconds = Math.ceil(parkedForMs / 1000)
  return new ModelError(
    `The rate limit of the provider is used up: background turns go on in ${seconds} s.`,
    { errorClass: 'quota', status: 429, retryAfterMs: parkedForMs },
  )
}
