import { Cron } from 'croner'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'

/**
 * A cron expression in a time zone: five fields (minute to weekday), or six with seconds first.
 * Instants are epoch ms. In the hour that a clock skips, a run happens right after the gap; in the hour
 * that it repeats, once.
 */
export class CronRule {
  readonly expression: string
  readonly timezone: string
  readonly #cron: Cron

  /** @throws AppError `invalid_params` that names the field and what would be right */
  constructor(expression: string, timezone: string) {
    this.expression = expression
    this.timezone = timezone
    if (!isTimeZone(timezone)) {
      throw new AppError(
        'invalid_params',
        `timezone: ${JSON.stringify(timezone)} is not known; use an IANA name such as "Europe/Berlin" or "UTC"`,
      )
    }
    try {
      this.#cron = new Cron(expression, { timezone, paused: true, mode: '5-or-6-parts' })
    } catch (error) {
      throw new AppError(
        'invalid_params',
        `cron: ${JSON.stringify(expression)} cannot be read (${messageOf(error)}); use five fields such as "30 9 * * 1-5"`,
        { cause: error },
      )
    }
    if (this.nextAfter(0) === null) {
      throw new AppError(
        'invalid_params',
        `cron: ${JSON.stringify(expression)} names no date that ever comes`,
      )
    }
  }

  /** The first instant after `afterMs`; null when none will ever come. */
  nextAfter(afterMs: number): number | null {
    return this.#cron.nextRun(new Date(afterMs))?.getTime() ?? null
  }
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
