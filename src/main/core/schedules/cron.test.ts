import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CronRule, firstInstant } from './cron.js'

const at = (text: string) => Date.parse(text)

function next(expression: string, timezone: string, from: string, count: number): string[] {
  const rule = new CronRule(expression, timezone)
  const instants: string[] = []
  for (let ms: number | null = at(from); instants.length < count && ms !== null; ) {
    ms = rule.nextAfter(ms)
    instants.push(ms === null ? 'never' : new Date(ms).toISOString().slice(5, 16))
  }
  return instants
}

describe('a cron rule', () => {
  it.each([
    // Germany, 29 March: 2:00 becomes 3:00, which is 01:00 UTC.
    ['30 2 * * *', '2026-03-28T12:00Z', ['03-29T01:00', '03-30T00:30']],
    ['15,45 2 * * *', '2026-03-28T12:00Z', ['03-29T01:00', '03-30T00:15', '03-30T00:45']],
    ['0 2,14 * * *', '2026-03-28T22:00Z', ['03-29T01:00', '03-29T12:00', '03-30T00:00']],
    ['*/30 * * * *', '2026-03-29T00:00Z', ['03-29T00:30', '03-29T01:00', '03-29T01:30']],
    // 25 October: 3:00 becomes 2:00 again, which is 01:00 UTC.
    ['30 2 * * *', '2026-10-24T12:00Z', ['10-25T00:30', '10-26T01:30']],
    ['30 2 * * *', '2026-10-25T00:45Z', ['10-26T01:30']],
    ['0 2,14 * * *', '2026-10-24T22:00Z', ['10-25T00:00', '10-25T13:00']],
    ['0 * * * *', '2026-10-24T23:30Z', ['10-25T00:00', '10-25T01:00', '10-25T02:00']],
  ])('%s in Berlin, from %s', (expression, from, expected) => {
    expect(next(expression, 'Europe/Berlin', from, expected.length)).toEqual(expected)
  })

  it('starts a day that has no midnight at its first moment', () => {
    const days = next('0 0 * * *', 'America/Santiago', '2026-09-04T12:00Z', 3)
    expect(days).toEqual(['09-05T04:00', '09-06T04:00', '09-07T03:00'])
  })

  it('knows seconds, where they are given, and the usual words', () => {
    const rule = new CronRule('*/20 * * * * *', 'UTC')
    expect(rule.nextAfter(at('2026-01-01T00:00:20Z'))).toBe(at('2026-01-01T00:00:40Z'))
    expect(next('@daily', 'UTC', '2026-01-01T00:00Z', 1)).toEqual(['01-02T00:00'])
    expect(next('0 9 * * MON-FRI', 'UTC', '2026-01-02T10:00Z', 1)).toEqual(['01-05T09:00'])
    expect(next('0 0 29 2 *', 'UTC', '2026-01-02T10:00Z', 1)).toEqual(['02-29T00:00'])
  })

  it.each([
    ['nonsense', 'UTC', /cron: "nonsense" cannot be read/],
    ['', 'UTC', /cron: "" cannot be read/],
    ['61 * * * *', 'UTC', /cron: "61 \* \* \* \*" cannot be read/],
    ['* * * *', 'UTC', /use five fields such as "30 9 \* \* 1-5"/],
    ['* * * * * * 2030', 'UTC', /cannot be read/],
    ['2030-01-01T00:00:00', 'UTC', /cannot be read/],
    ['@reboot', 'UTC', /cannot be read/],
    ['0 0 30 2 *', 'UTC', /cron: "0 0 30 2 \*" names no date that ever comes/],
    ['* * * * *', 'Mars/Base', /timezone: "Mars\/Base" is not known/],
  ])('refuses %j in %s', (expression, timezone, message) => {
    expect(() => firstInstant(expression, timezone, at('2026-01-01T00:00Z'))).toThrowError(message)
  })

  it('always leads forward, and each instant follows from the one before it', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC')
    const field = fc.constantFrom('30 2 * * *', '*/7 1-3 * * *', '0 * * * *', '15,45 2,3 * * *')
    // A year in minutes, so that both changes of the clock are met.
    fc.assert(
      fc.property(zone, field, fc.nat(366 * 24 * 60), (timezone, expression, minutes) => {
        const rule = new CronRule(expression, timezone)
        const from = at('2026-01-01T00:00Z') + minutes * 60_000
        const first = rule.nextAfter(from) ?? 0
        expect(first).toBeGreaterThan(from)
        expect(rule.nextAfter(first - 1)).toBe(first)
        expect(rule.nextAfter(first)).toBeGreaterThan(first)
      }),
    )
  })
})
