import type { TaskId } from '../../../shared/model/ids.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Logger } from '../ports.js'
import { upsertTaskResources } from '../store/queries/resources.js'
import { Trace } from './trace.js'

/** What a crash may cost of the picture. */
const STORED_AFTER_MS = 15_000

export interface RecordedStretch {
  readonly taskId: TaskId
  readonly attempt: number
  readonly startedAtMs: number
}

/** Keeps what the processes of one stretch of a task take over time, stored now and then and at the end. */
export class UseRecorder {
  readonly #services: { readonly log: EventLog; readonly clock: Clock; readonly logger: Logger }
  readonly #stretch: RecordedStretch
  readonly #trace = new Trace()
  #storedAtMs: number
  #isStored = true

  constructor(
    services: { readonly log: EventLog; readonly clock: Clock; readonly logger: Logger },
    stretch: RecordedStretch,
  ) {
    this.#services = services
    this.#stretch = stretch
    this.#storedAtMs = stretch.startedAtMs
  }

  sample(use: { readonly cpuPercent: number; readonly memoryBytes: number }): void {
    const now = this.#services.clock.now()
    this.#trace.add(now, use)
    this.#isStored = false
    if (Math.abs(now - this.#storedAtMs) >= STORED_AFTER_MS) this.store()
  }

  /** Also to be called at the end. */
  store(): void {
    if (this.#isStored) return
    const { log, clock, logger } = this.#services
    this.#storedAtMs = clock.now()
    try {
      const { points } = this.#trace
      log.transaction(({ db }) => upsertTaskResources(db, { ...this.#stretch, points }))
      this.#isStored = true
    } catch (error) {
      // Work is not given up for its picture.
      logger.warn({ reason: messageOf(error), ...this.#stretch }, 'the use was not stored')
    }
  }
}
