import type { EventListener, EventSource } from '../../src/main/core/index.js'
import type {
  DurableEvent,
  DurableEventName,
  LiveEvent,
  LiveEventName,
  PayloadOf,
} from '../../src/shared/rpc/contract.js'

/** An event log without a database: commits are synchronous and told at once, as in the real one. */
export class MemoryEvents implements EventSource {
  readonly #kept: DurableEvent[] = []
  readonly #listeners = new Set<EventListener>()
  #lastSeq = 0
  #oldestSeq = 1

  emit<E extends DurableEventName>(name: E, payload: PayloadOf<E>): number {
    this.#lastSeq += 1
    const event = { seq: this.#lastSeq, at: this.#lastSeq * 10, name, payload } as DurableEvent
    this.#kept.push(event)
    for (const listener of this.#listeners) listener.durable(event)
    return this.#lastSeq
  }

  live<E extends LiveEventName>(name: E, payload: PayloadOf<E>): void {
    const event = { at: this.#lastSeq * 10, name, payload } as LiveEvent
    for (const listener of this.#listeners) listener.live(event)
  }

  /** Forgets what is older than `seq`. */
  prune(seq: number): void {
    while (this.#kept[0] !== undefined && this.#kept[0].seq < seq) this.#kept.shift()
    this.#oldestSeq = seq
  }

  lastSeq(): number {
    return this.#lastSeq
  }

  oldestSeq(): number {
    return this.#oldestSeq
  }

  read(afterSeq: number, limit: number): readonly DurableEvent[] {
    const start = Math.max(0, afterSeq - this.#oldestSeq + 1)
    return this.#kept.slice(start, start + limit)
  }

  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  listenerCount(): number {
    return this.#listeners.size
  }
}
