import type { NotificationPreferences } from '../../../shared/model/preferences.js'

const clocks = new Map<string, Intl.DateTimeFormat>()

/** `HH:MM` on the clocks of a time zone. */
function timeOfDay(atMs: number, timezone: string): string {
  let clock = clocks.get(timezone)
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: timezone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    })
    clocks.set(timezone, clock)
  }
  return clock.format(atMs)
}

/** Whether an instant lies in the quiet hours; from one time to the same is the whole day. Pure. */
export function isQuiet(
  hours: NotificationPreferences['quietHours'],
  atMs: number,
  timezone: string,
): boolean {
  if (hours === null) return false
  const { from, to } = hours
  const now = timeOfDay(atMs, timezone)
  return from < to ? now >= from && now < to : now >= from || now < to
}
