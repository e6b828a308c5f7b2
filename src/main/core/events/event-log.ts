import {
  events as contract,
  type DurableEvent,
  type DurableEventName,
  isDurableEventName,
  type LiveEvent,
  type LiveEventName,
  type PayloadOf,
} from '../../../shared/rpc/contract.js'
import type { Clock, Logger } from '../ports.js'
import { databaseError, type WriteDb } from '../store/database.js'
import {
  EventRow,
  insertEvent,
  removeOldEvents,
  selectEventsAfter,
  selectProgressAfter,
  selectSeqRange,
} from '../store/queries/events.js'
import { parseRows } from '../store/rows.js'
import { statement } from '../store/statement.js'
import type { EventListener, EventSource } from './event-source.js'

/** One commit: changes of state, and the events that tell of them. */
export interface Transaction {
  readonly db: WriteDb
  /** The instant of the whole commit, epoch ms. */
  readonly at: number
  emit<E extends DurableEventName>(name: E, payload: PayloadOf<E>): void
  /** A side effect that must not happen unless the commit did; after the events went out. */
  afterCommit(effect: () => void): void
}

/**
 * The append-only log and its subscribers.
 *
 * State and events are written in one transaction; subscribers hear of it after the commit, in
 * `seq` order, before `transaction` returns. A listener that commits again does not overtake: its
 * events are delivered when those of the commit before it are.
 */
export class EventLog implements EventSource {
  readonly #db: WriteDb
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #committed: () => void
  readonly #listeners = new Set<EventListener>()
  readonly #outbox: (() => void)[] = []
  #delivering = false
  #inTransaction = false
  #lastSeq: number
  #oldestSeq: number

  /** @param committed called after every commit, before anybody hears of it; must not throw */
  constructor(db: WriteDb, clock: Clock, logger: Logger, committed: () => void = () => undefined) {
    this.#db = db
    this.#clock = clock
    this.#logger = logger
    this.#committed = committed
    const range = selectSeqRange(db)
    this.#lastSeq = range.last
    this.#oldestSeq = range.oldest
  }

  /**
   * Runs `work` as one commit. It must be synchronous and must not start another one.
   * @throws what `work` throws, or an AppError that names the database; then nothing has happened.
   */
  transaction<T>(work: (transaction: Transaction) => T): T {
    if (this.#inTransaction) throw new Error('a transaction was started inside another one')
    const db = this.#db
    const emitted: DurableEvent[] = []
    const effects: (() => void)[] = []
    const at = this.#clock.now()
    this.#inTransaction = true
    let result: T
    try {
      statement(db, 'BEGIN IMMEDIATE').run()
      result = work({
        db,
        at,
        emit: (name, payload) => {
          emitted.push(append(db, at, name, payload))
        },
        afterCommit: (effect) => effects.push(effect),
      })
      statement(db, 'COMMIT').run()
    } catch (error) {
      if (db.inTransaction) statement(db, 'ROLLBACK').run()
      throw isSqliteError(error) ? databaseError(error, db.name) : error
    } finally {
      this.#inTransaction = false
    }
    this.#committed()
    const last = emitted.at(-1)
    if (last !== undefined) this.#lastSeq = last.seq
    for (const event of emitted) this.#outbox.push(() => this.#tell((l) => l.durable(event)))
    this.#outbox.push(...effects)
    this.#deliver()
    return result
  }

  /** Reads outside of a commit. */
  query<T>(read: (db: WriteDb) => T): T {
    return read(this.#db)
  }

  /** Tells whoever listens now; not stored. */
  live<E extends LiveEventName>(name: E, payload: PayloadOf<E>): void {
    const event = { name, at: this.#clock.now(), payload } as LiveEvent
    this.#outbox.push(() => this.#tell((l) => l.live(event)))
    this.#deliver()
  }

  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  lastSeq(): number {
    return this.#lastSeq
  }

  oldestSeq(): number {
    return this.#oldestSeq
  }

  /** Removes the oldest events up to an instant, at most so many; false when that was all. */
  removeOld(beforeMs: number, limit: number): boolean {
    const more = this.transaction(({ db }) => removeOldEvents(db, beforeMs, limit))
    this.#oldestSeq = selectSeqRange(this.#db).oldest
    return more
  }

  read(afterSeq: number, limit: number): readonly DurableEvent[] {
    let rows = selectEventsAfter(this.#db, afterSeq, limit)
    let events = this.#parse(rows)
    // A reader takes an empty answer for the end of the log: damaged rows alone must not look like it.
    while (events.length === 0 && rows.length > 0) {
      rows = selectEventsAfter(this.#db, (rows.at(-1) as { seq: number }).seq, limit)
      events = this.#parse(rows)
    }
    return events
  }

  /** The `task.progress` of one task, oldest first. */
  readProgress(taskId: string, afterSeq: number, limit: number): readonly DurableEvent[] {
    return this.#parse(selectProgressAfter(this.#db, taskId, afterSeq, limit))
  }

  #parse(rows: readonly unknown[]): readonly DurableEvent[] {
    const source = {
      table: 'events',
      key: (row: unknown) => String((row as { seq: number }).seq),
      atMs: this.#clock.now(),
    }
    return parseRows(this.#db, source, EventRow, rows).flatMap((row): DurableEvent[] => {
      if (!isDurableEventName(row.name)) return []
      const payload = contract[row.name].params.safeParse(row.payload)
      if (!payload.success) {
        this.#logger.warn(
          { seq: row.seq, name: row.name },
          'a stored event does not fit the contract',
        )
        return []
      }
      return [
        { seq: row.seq, at: row.at_ms, name: row.name, payload: payload.data } as DurableEvent,
      ]
    })
  }

  #deliver(): void {
    if (this.#delivering) return
    this.#delivering = true
    try {
      for (let next = this.#outbox.shift(); next !== undefined; next = this.#outbox.shift()) {
        try {
          next()
        } catch (error) {
          this.#logger.error({ error }, 'an effect after a commit threw')
        }
      }
    } finally {
      this.#delivering = false
    }
  }

  #tell(say: (listener: EventListener) => void): void {
    for (const listener of this.#listeners) {
      try {
        say(listener)
      } catch (error) {
        this.#logger.error({ error }, 'a listener of the event log threw')
      }
    }
  }
}

function append<E extends DurableEventName>(
  db: WriteDb,
  at: number,
  name: E,
  payload: PayloadOf<E>,
): DurableEvent {
  const seq = insertEvent(db, {
    atMs: at,
    name,
    taskId: referenceIn(payload, 'taskId'),
    conversationId: referenceIn(payload, 'conversationId'),
    payload: JSON.stringify(payload),
  })
  return { seq, at, name, payload } as DurableEvent
}

function referenceIn(payload: object, key: 'taskId' | 'conversationId'): string | null {
  const value: unknown = Reflect.get(payload, key)
  return typeof value === 'string' ? value : null
}

function isSqliteError(error: unknown): boolean {
  return error instanceof Error && error.name === 'SqliteError'
}
