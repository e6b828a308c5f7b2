import { describe, expect, it } from 'vitest'
import { LocalDays } from './local-days.js'

const at = (text: string) => Date.parse(text)
const shown = (ms: number) => new Date(ms).toISOString()

describe('the days of a time zone', () => {
  it.each([
    ['UTC', '2026-03-10T12:00Z', '2026-03-10T00:00:00.000Z'],
    ['Asia/Taipei', '2026-03-10T17:00Z', '2026-03-10T16:00:00.000Z'],
    ['Asia/Kathmandu', '2026-03-10T18:14Z', '2026-03-09T18:15:00.000Z'],
    ['America/New_York', '2026-03-10T03:59Z', '2026-03-09T04:00:00.000Z'],
    // Clocks are set forward at two o'clock, and back at three.
    ['Europe/Berlin', '2026-03-29T12:00Z', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T23:30Z', '2026-10-25T23:00:00.000Z'],
    // There is no midnight on this day.
    ['America/Santiago', '2026-09-06T12:00Z', '2026-09-06T04:00:00.000Z'],
    // Midnight comes twice on this one.
    ['America/Havana', '2026-11-01T12:00Z', '2026-11-01T04:00:00.000Z'],
  ])('%s: %s began at %s', (zone, instant, start) => {
    expect(shown(new LocalDays(zone).startOf(at(instant)))).toBe(start)
  })

  it('have 23, 24 or 25 hours, and each follows the one before', () => {
    for (const zone of ['Europe/Berlin', 'America/Santiago', 'America/Havana', 'Asia/Taipei']) {
      const days = new LocalDays(zone)
      let day = days.startOf(at('2026-01-01T12:00Z'))
      const lengths = new Set<number>()
      for (let count = 0; count < 365; count++) {
        const next = days.next(day)
        expect(days.before(next, 1)).toBe(day)
        lengths.add((next - day) / 3_600_000)
        day = next
      }
      expect([...lengths].toSorted()).toEqual(zone === 'Asia/Taipei' ? [24] : [23, 24, 25])
    }
  })

  it('are refused for what is no time zone', () => {
    expect(() => new LocalDays('Mars/Base')).toThrow(RangeError)
  })
})
