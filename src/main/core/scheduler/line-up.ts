import type { ReadDb } from '../store/database.js'
import { hasStartable, type StartableRow, selectStartable } from '../store/queries/waiting-tasks.js'
import { type AdmissionState, anyTaskOf, holdOfLane, holdOn } from './admission.js'
import { NO_SHARE, type Share } from './forecast.js'
import { LANES, type Lane } from './lane.js'

/** A forecast is no fact: a task that it has held back for this long is only held back by the gauges. */
export const FORECAST_PATIENCE_MS = 60_000
/** So far behind the first of a lane it is looked for one that needs less. */
const LOOK_BEHIND = 50

/** What a pending task will probably need, as far as that is still to hold it back. Pure. */
export function needOfWaiting(waitSinceMs: number, need: Share, nowMs: number): Share {
  return nowMs - waitSinceMs >= FORECAST_PATIENCE_MS ? NO_SHARE : need
}

/** The beginnings of the lines of all lanes, for one turn. */
export class LineUp {
  readonly #db: ReadDb
  readonly #nowMs: number
  readonly #needOf: (kind: string) => Share
  readonly #lines = new Map<Lane, StartableRow[]>()
  #heldByForecast = false

  constructor(db: ReadDb, nowMs: number, needOf: (kind: string) => Share) {
    this.#db = db
    this.#nowMs = nowMs
    this.#needOf = needOf
  }

  /** Somebody was passed over for what it will probably need: the next reading may change that. */
  get isHeldByForecast(): boolean {
    return this.#heldByForecast
  }

  /** Whether anybody is left who waits for nothing but room. */
  get isAnyLeft(): boolean {
    return [...this.#lines.values()].some((line) => line.length > 0) || hasStartable(this.#db)
  }

  /**
   * Takes out of the lines whoever comes first of those that may start. One that may not never holds back
   * one behind it that may.
   */
  next(state: AdmissionState): StartableRow | undefined {
    let first: StartableRow | undefined
    for (const lane of LANES) {
      const candidate = this.#firstOf(lane, state)
      if (candidate === undefined) continue
      if (first === undefined || isBefore(candidate, first)) first = candidate
    }
    if (first !== undefined) this.#take(first)
    return first
  }

  #firstOf(lane: Lane, state: AdmissionState): StartableRow | undefined {
    if (holdOfLane(state, lane) !== null) return undefined
    if (holdOn(state, anyTaskOf(lane), this.#nowMs) !== null) return undefined
    // One more than may run at all: what is left over tells that somebody waits.
    const length = state.limits.maxConcurrentTasks + 1
    const line = this.#lines.get(lane) ?? this.#look(lane, length)
    const found = this.#mayStart(line, state)
    if (found !== undefined || line.length < length || !this.#heldByForecast) return found
    return this.#mayStart(this.#look(lane, LOOK_BEHIND), state)
  }

  #look(lane: Lane, length: number): StartableRow[] {
    const line = selectStartable(this.#db, lane, length)
    this.#lines.set(lane, line)
    return line
  }

  #mayStart(line: readonly StartableRow[], state: AdmissionState): StartableRow | undefined {
    for (const row of line) {
      const { lane, waitSinceMs, kind } = row
      const need = needOfWaiting(waitSinceMs, this.#needOf(kind), this.#nowMs)
      const candidate = { lane, waitSinceMs, need }
      if (holdOn(state, candidate, this.#nowMs) === null) return row
      if (need !== NO_SHARE) this.#heldByForecast = true
    }
    return undefined
  }

  #take(row: StartableRow): void {
    const line = this.#lines.get(row.lane) ?? []
    this.#lines.set(
      row.lane,
      line.filter(({ id }) => id !== row.id),
    )
  }
}

function isBefore(a: StartableRow, b: StartableRow): boolean {
  return a.rank === b.rank ? a.ordinal < b.ordinal : a.rank < b.rank
}
