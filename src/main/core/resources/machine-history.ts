import type { MachineReading } from '../../../shared/model/queue.js'
import type { MachineUse } from '../../../shared/model/resources.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Logger, MachineGauge } from '../ports.js'
import { insertMachineUse, selectMachineUse } from '../store/queries/resources.js'

const MINUTE_MS = 60_000
const KEPT_MS = 30 * 24 * 60 * MINUTE_MS
/** Of the last minutes each reading is told. */
const RECENT_MS = 10 * MINUTE_MS
/** An answer has about as many points at most, whatever span was asked for. */
const MOST_POINTS = 500

export interface MachineHistoryOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly gauge: MachineGauge
}

/**
 * How busy the machine was: the last minutes by readings, in memory; the last 30 days by minutes, stored. What was
 * not measured, because the program or the machine rested, is a gap.
 */
export class MachineHistory {
  readonly #options: MachineHistoryOptions
  #recent: MachineUse[] = []
  #minute: { readonly at: number; readonly readings: MachineReading[] } | null = null
  #leave: (() => void) | null = null

  constructor(options: MachineHistoryOptions) {
    this.#options = options
  }

  start(): void {
    this.#leave ??= this.#options.gauge.onReading((reading) => this.#note(reading))
  }

  stop(): void {
    this.#leave?.()
    this.#leave = null
  }

  /** Oldest first, since `sinceMs` (epoch ms). */
  read(sinceMs: number): MachineUse[] {
    const { log, clock } = this.#options
    const now = clock.now()
    const recentSince = now - RECENT_MS
    const recent = this.#recent.filter(({ at }) => at >= Math.max(sinceMs, recentSince))
    if (sinceMs >= recentSince) return recent
    const spanMs = MINUTE_MS * Math.max(1, Math.ceil((now - sinceMs) / MINUTE_MS / MOST_POINTS))
    const first = recent[0]?.at ?? Number.POSITIVE_INFINITY
    const older = log.query((db) => selectMachineUse(db, sinceMs, spanMs))
    // Where spans are long the readings are no finer than the rest.
    if (spanMs > MINUTE_MS) return older
    return [...older.filter(({ at }) => at < first), ...recent]
  }

  #note(reading: MachineReading): void {
    const at = this.#options.clock.now()
    // A clock that was set back must not leave readings from the future.
    this.#recent = this.#recent.filter((use) => use.at <= at && use.at > at - RECENT_MS)
    this.#recent.push({ at, ...reading })
    const minute = at - (at % MINUTE_MS)
    if (this.#minute !== null && this.#minute.at !== minute) this.#store(this.#minute)
    if (this.#minute?.at === minute) this.#minute.readings.push(reading)
    else this.#minute = { at: minute, readings: [reading] }
  }

  #store(minute: { readonly at: number; readonly readings: readonly MachineReading[] }): void {
    const { log, logger, clock } = this.#options
    const use = {
      at: minute.at,
      cpu: mean(minute.readings.map(({ cpu }) => cpu)),
      memory: mean(minute.readings.map(({ memory }) => memory)),
    }
    try {
      log.transaction(({ db }) => insertMachineUse(db, use, clock.now() - KEPT_MS))
    } catch (error) {
      // A minute of the picture is no reason to disturb anything else.
      logger.warn({ reason: messageOf(error) }, 'the use of the machine was not stored')
    }
  }
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return null
  return Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 10) / 10
}
