import { z } from 'zod'
import { NotificationId } from '../../../shared/model/ids.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Logger } from '../ports.js'
import { selectSetting, upsertSetting } from '../store/queries/settings.js'
import { NotAsked } from './do-not-disturb.js'
import { Fact } from './facts.js'

/** After a commit that was refused, such as on a full disk, and for what could not be handled. */
export const RETRY_MS = 30_000
/** So many facts may wait to be tried again; where more cannot be handled, it is not for any one of them. */
const MOST_AGAIN = 100

const SETTING = 'notify'
/** How far the events have been handled, what of them is tried again and when, and what was told last of ends. */
const Standing = z.object({
  seq: z.number(),
  again: z.array(z.object({ fact: Fact, atMs: z.number() })).default([]),
  endsAtMs: z.number().nullable(),
  summaryId: NotificationId.nullable(),
})
export type Standing = z.infer<typeof Standing>

/** What is done in a commit, and how far it has come with that. */
type Work = (tx: Transaction) => Partial<Standing>

/** How far the person was told; it is written in the commit that makes it true. */
export class KeptStanding {
  readonly #log: EventLog
  readonly #clock: Clock
  readonly #logger: Logger
  #now: Standing

  constructor(ports: {
    readonly log: EventLog
    readonly clock: Clock
    readonly logger: Logger
  }) {
    const { log, clock, logger } = ports
    this.#log = log
    this.#clock = clock
    this.#logger = logger
    // Who was never told anything is not told of the past.
    this.#now = log.query((db) => selectSetting(db, SETTING, Standing, clock.now())) ?? {
      ...{ seq: log.lastSeq(), again: [], endsAtMs: null, summaryId: null },
    }
  }

  get now(): Standing {
    return this.#now
  }

  /** @throws what `work` throws, or an AppError of the store; then nothing has changed */
  commit(work: Work): void {
    this.#now = this.#log.transaction((tx) => {
      const standing = { ...this.#now, ...work(tx) }
      upsertSetting(tx.db, SETTING, JSON.stringify(standing))
      return standing
    })
  }

  /** As `commit`; false where it was refused. @throws NotAsked */
  commits(work: Work): boolean {
    try {
      this.commit(work)
      return true
    } catch (error) {
      if (error instanceof NotAsked) throw error
      this.#logger.warn({ error }, 'notifications could not be written')
      return false
    }
  }

  /** @throws Error where so much cannot be handled that the store must be at fault */
  withLater(fact: Fact): Standing['again'] {
    const { again } = this.#now
    if (again.length >= MOST_AGAIN) throw new Error(`${MOST_AGAIN} facts could not be handled`)
    return [...again, { fact, atMs: this.#clock.now() + RETRY_MS }]
  }
}

/** Until something is tried again; a clock that was set back does not put it off. */
export function waitMs(atMs: number, nowMs: number): number {
  const leftMs = atMs - nowMs
  return leftMs > RETRY_MS ? 0 : Math.max(0, leftMs)
}
