import { SLOT_MS } from './slot.js'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** Days as the people of a time zone count them; those on which clocks change have 23 or 25 hours. */
export class LocalDays {
  readonly #format: Intl.DateTimeFormat

  /** @throws RangeError for a name that is no time zone */
  constructor(timezone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: timezone, hourCycle: 'h23', era: 'short' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    })
  }

  /** The first instant of the day that an instant belongs to. */
  startOf(atMs: number): number {
    const date = this.#dateOf(atMs)
    let start = date - this.#offsetAt(date)
    start = date - this.#offsetAt(start)
    // Where clocks are set forward at midnight the day begins at one o'clock.
    while (this.#dateOf(start) < date) start += SLOT_MS
    while (this.#dateOf(start - SLOT_MS) === date) start -= SLOT_MS
    return start
  }

  /** The first instant of the next day. */
  next(startMs: number): number {
    // In the middle of the next day, whether this one has 23 hours or 25.
    return this.startOf(startMs + DAY_MS + 12 * HOUR_MS)
  }

  /** The first instant of a day so many days before. */
  before(startMs: number, days: number): number {
    let start = startMs
    for (let count = 0; count < days; count++) start = this.startOf(start - 12 * HOUR_MS)
    return start
  }

  /** Midnight of the local date, as if it were UTC. */
  #dateOf(atMs: number): number {
    return Math.floor((atMs + this.#offsetAt(atMs)) / DAY_MS) * DAY_MS
  }

  /** What the clocks show ahead of UTC. */
  #offsetAt(atMs: number): number {
    const part: Record<string, number> = {}
    for (const { type, value } of this.#format.formatToParts(atMs)) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    const shown = Date.UTC(year, month - 1, day, hour, minute, second)
    return shown - Math.floor(atMs / 1000) * 1000
  }
}
