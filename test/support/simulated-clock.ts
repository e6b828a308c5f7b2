import type { Clock, Timer } from '../../src/main/core/ports.js'

interface Entry {
  dueAtMs: number
  /** Timers due at the same instant fire in the order in which they were scheduled. */
  readonly order: number
  readonly callback: () => void
}

/** More than any test needs; reached only by timers that schedule themselves for ever. */
const MAX_TIMERS_PER_RUN = 100_000

/**
 * Time that moves only when a test moves it. Timers fire one by one, in order of their instant,
 * and `now()` is that instant while the callback runs.
 */
export class SimulatedClock implements Clock {
  #nowMs: number
  #nextOrder = 0
  readonly #entries = new Set<Entry>()

  /** @param startMs epoch ms; the default is 2026-01-01T00:00:00Z. */
  constructor(startMs = 1_767_225_600_000) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  schedule(delayMs: number, callback: () => void): Timer {
    const entry: Entry = {
      dueAtMs: this.#nowMs + Math.max(0, delayMs),
      order: this.#nextOrder++,
      callback,
    }
    this.#entries.add(entry)
    return { cancel: () => void this.#entries.delete(entry) }
  }

  /** Timers that are scheduled and neither fired nor cancelled; 0 at the end of a clean test. */
  get pendingTimers(): number {
    return this.#entries.size
  }

  /** Milliseconds until the next timer; null when there is none. */
  get untilNextMs(): number | null {
    const next = this.#next(Number.POSITIVE_INFINITY)
    return next === null ? null : next.dueAtMs - this.#nowMs
  }

  /** Somebody sets the clock of the machine back; timers still take as long as they were to take. */
  setBack(ms: number): void {
    this.#nowMs -= ms
    for (const entry of this.#entries) entry.dueAtMs -= ms
  }

  /** The machine sleeps: time passes, timers stand still. */
  sleep(ms: number): void {
    this.setBack(-ms)
  }

  /** Moves time forward and fires what is due, including what those callbacks schedule. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms
    this.#drain(endMs)
    this.#nowMs = endMs
  }

  /** Fires every timer, however far away; time ends at the last one. */
  runAll(): void {
    this.#drain(Number.POSITIVE_INFINITY)
  }

  /** Like `advance`, and lets promises settle before the first timer and after each one. */
  async advanceAsync(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms
    await this.#drainAsync(endMs)
    this.#nowMs = endMs
  }

  /** Like `runAll`, and lets promises settle before the first timer and after each one. */
  async runAllAsync(): Promise<void> {
    await this.#drainAsync(Number.POSITIVE_INFINITY)
  }

  #drain(endMs: number): void {
    for (let fired = 0; this.#fireNext(endMs); fired++) failWhenEndless(fired)
  }

  async #drainAsync(endMs: number): Promise<void> {
    await settlePromises()
    for (let fired = 0; this.#fireNext(endMs); fired++) {
      failWhenEndless(fired)
      await settlePromises()
    }
  }

  #fireNext(endMs: number): boolean {
    const entry = this.#next(endMs)
    if (entry === null) return false
    this.#entries.delete(entry)
    this.#nowMs = Math.max(this.#nowMs, entry.dueAtMs)
    entry.callback()
    return true
  }

  #next(endMs: number): Entry | null {
    let next: Entry | null = null
    for (const entry of this.#entries) {
      if (entry.dueAtMs > endMs) continue
      if (next === null || isBefore(entry, next)) next = entry
    }
    return next
  }
}

/** Resolves when every promise that can settle without input or output has done so. */
export function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.dueAtMs < b.dueAtMs || (a.dueAtMs === b.dueAtMs && a.order < b.order)
}

function failWhenEndless(fired: number): void {
  if (fired >= MAX_TIMERS_PER_RUN) {
    throw new Error(`${MAX_TIMERS_PER_RUN} timers fired in one run: a timer reschedules itself`)
  }
}
