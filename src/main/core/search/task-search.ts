import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import type { TaskFilter } from '../store/queries/task-filter.js'
import { planSearch, searchStep } from '../store/queries/task-search.js'

/** Tasks with a text in them: as many as were asked for, or all that there are. */
export interface SearchedTasks {
  /** Newest first. */
  readonly ordinals: readonly number[]
  /** Where to go on; null when everything was searched. */
  readonly nextOrdinal: number | null
}

/**
 * Searches tasks in short steps. All searches together take one step per turn of the event loop, so
 * that whatever else there is to do waits for one step at most, however much there is to look at and
 * however many ask at once.
 */
export class TaskSearch {
  readonly #log: EventLog
  readonly #clock: Clock
  #turn: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor({ log, clock }: { readonly log: EventLog; readonly clock: Clock }) {
    this.#log = log
    this.#clock = clock
  }

  /** @throws AppError `cancelled` once closed; the reason of `signal` once that is aborted */
  async find(filter: TaskFilter, query: string, signal: AbortSignal): Promise<SearchedTasks> {
    await this.#nextTurn(signal)
    const plan = this.#log.query((db) => planSearch(db, filter, query))
    const ordinals: number[] = []
    let before = filter.beforeOrdinal
    for (;;) {
      const missing = filter.limit - ordinals.length
      const step = this.#log.query((db) => searchStep(db, plan, before, missing))
      ordinals.push(...step.ordinals)
      if (step.nextOrdinal === null || ordinals.length >= filter.limit) {
        return { ordinals, nextOrdinal: step.nextOrdinal }
      }
      before = step.nextOrdinal
      await this.#nextTurn(signal)
    }
  }

  close(): void {
    this.#isClosed = true
  }

  async #nextTurn(signal: AbortSignal): Promise<void> {
    this.#turn = this.#turn.then(
      () => new Promise((resolve) => this.#clock.schedule(0, () => resolve())),
    )
    await this.#turn
    signal.throwIfAborted()
    if (this.#isClosed) throw new AppError('cancelled', 'the queue was stopped')
  }
}
