import { Cron } from 'croner'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'

/**
 * A cron expression in a time zone: five fields (minute to weekday), or six with seconds first. Instants are
 * epoch ms. Daylight saving as Vixie cron has it: times that a clock skips come right after the gap and
 * times that it repeats come once, save those of a rule with a wildcard, which keeps to its interval.
 */
export class CronRule {
  readonly #cron: Cron

  /** @throws AppError `invalid_params` that names the field and what would be right */
  constructor(expression: string, timezone: string) {
    if (!isTimeZone(timezone)) {
      throw new AppError(
        'invalid_params',
        `timezone: ${JSON.stringify(timezone)} is not known; use an IANA name such as "Europe/Berlin" or "UTC"`,
      )
    }
    this.#cron = read(expression, timezone)
  }

  /** The first instant after `afterMs`; null when none will ever come. */
  nextAfter(afterMs: number): number | null {
    return this.#cron.nextRun(new Date(afterMs))?.getTime() ?? null
  }
}

function read(expression: string, timezone: string): Cron {
  try {
    // The library would take a single word, such as a date, for a rule as well.
    if (!/\s/.test(expression.trim()) && !expression.trim().startsWith('@')) {
      throw new Error('it has one field')
    }
    return new Cron(expression, {
      timezone,
      paused: true,
      mode: '5-or-6-parts',
      fixedTimeRule: 'no-wildcard',
    })
  } catch (error) {
    throw new AppError(
      'invalid_params',
      `cron: ${JSON.stringify(expression)} cannot be read (${messageOf(error)}); use five fields such as "30 9 * * 1-5"`,
      { cause: error },
    )
  }
}

/**
 * @returns the first instant after `nowMs`
 * @throws AppError `invalid_params` for a rule that names none
 */
export function firstInstant(expression: string, timezone: string, nowMs: number): number {
  const first = new CronRule(expression, timezone).nextAfter(nowMs)
  if (first !== null) return first
  throw new AppError(
    'invalid_params',
    `cron: ${JSON.stringify(expression)} names no date that ever comes`,
  )
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    // RangeError is how Intl says no.
    return false
  }
}
