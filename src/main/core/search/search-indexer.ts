import type { EventLog } from '../events/event-log.js'
import type { Clock, Logger, Timer } from '../ports.js'
import { hasSearchBacklog, indexTexts, mergeSearchIndex } from '../store/queries/search-index.js'

/** It begins when nothing was committed for this long, */
const QUIET_MS = 250
/** or after so many times that, however busy it is. */
const MOST_WAITS = 8
/** Characters of one step: about 2 ms. */
const STEP_CHARACTERS = 6_000
/** Pages of the index that one step puts together. */
const STEP_PAGES = 12
/** Between steps, while others commit and while nobody does. */
const BUSY_PAUSE_MS = 100
const QUIET_PAUSE_MS = 10
/** After a step that could not be written, such as on a full disk. */
const RETRY_MS = 30_000

export interface SearchIndexerOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
}

/**
 * Brings the search index up to date, behind everything else.
 *
 * idle     nothing to index; a commit about a task that is new, has ended or is gone, or about a message → waiting
 * waiting  for the commits to pause → working
 * working  one short step, a pause, the next; nothing left to index and to merge → idle
 * stopped  for good
 *
 * What is to be indexed stands in the store, written there with the task; a step takes it out in the
 * transaction that indexes it. So a crash loses nothing and nothing has to be remembered here.
 */
export class SearchIndexer {
  readonly #options: SearchIndexerOptions
  #leave: (() => void) | null = null
  #timer: Timer | null = null
  #state: 'idle' | 'waiting' | 'working' | 'stopped' = 'idle'
  #waits = 0
  /** A commit was heard of since the last wait or step. */
  #isBusy = false

  constructor(options: SearchIndexerOptions) {
    this.#options = options
  }

  /** Also sees to what an earlier host left. */
  start(): void {
    if (this.#state !== 'idle' || this.#leave !== null) return
    const { log } = this.#options
    this.#leave = log.subscribe({
      durable: (event) => {
        switch (event.name) {
          case 'task.created':
          case 'task.completed':
          case 'task.failed':
          case 'task.cancelled':
          case 'task.removed':
          case 'chat.message':
          case 'chat.removed':
          case 'chat.changed':
            this.#heard()
        }
      },
      live: () => undefined,
    })
    if (log.query(hasSearchBacklog)) this.#heard()
  }

  stop(): void {
    this.#state = 'stopped'
    this.#timer?.cancel()
    this.#timer = null
    this.#leave?.()
    this.#leave = null
  }

  /** Costs a commit next to nothing: while it waits or works, not even a timer. */
  #heard(): void {
    this.#isBusy = true
    if (this.#state !== 'idle') return
    this.#isBusy = false
    this.#waits = 0
    this.#state = 'waiting'
    this.#after(QUIET_MS, () => this.#wait())
  }

  #wait(): void {
    this.#waits++
    if (this.#isBusy && this.#waits < MOST_WAITS) {
      this.#isBusy = false
      this.#after(QUIET_MS, () => this.#wait())
      return
    }
    this.#state = 'working'
    this.#step()
  }

  #step(): void {
    const { log, logger } = this.#options
    let more: boolean
    try {
      more = log.transaction(({ db }) => {
        const indexed = indexTexts(db, STEP_CHARACTERS)
        // Also while there is more to index: a search takes longer the more parts there are.
        return mergeSearchIndex(db, STEP_PAGES) || indexed
      })
    } catch (error) {
      logger.warn({ error }, 'the search index could not be written; trying again later')
      this.#after(RETRY_MS, () => this.#step())
      return
    }
    if (!more) {
      this.#state = 'idle'
      return
    }
    const pauseMs = this.#isBusy ? BUSY_PAUSE_MS : QUIET_PAUSE_MS
    this.#isBusy = false
    this.#after(pauseMs, () => this.#step())
  }

  #after(delayMs: number, act: () => void): void {
    this.#timer = this.#options.clock.schedule(delayMs, () => {
      this.#timer = null
      if (this.#state !== 'stopped') act()
    })
  }
}
