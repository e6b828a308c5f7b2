import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Misfire } from '../../../shared/model/misfire.js'
import { CronRule } from './cron.js'
import { misfireOf, nextOccurrence, onDue, TOLERANCE_MS } from './misfire.js'

const at = (text: string) => Date.parse(text)
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

function next(rule: CronRule, from: string, count: number): (string | null)[] {
  const instants: (string | null)[] = []
  for (let ms: number | null = at(from); instants.length < count && ms !== null; ) {
    ms = rule.nextAfter(ms)
    instants.push(iso(ms))
  }
  return instants
}

describe('a cron rule', () => {
  it('keeps to the wall clock of its zone, through both changes of daylight saving', () => {
    const rule = new CronRule('30 2 * * *', 'Europe/Berlin')
    expect(next(rule, '2026-03-27T12:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
    expect(next(rule, '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
  })

  it('knows seconds, where they are given', () => {
    expect(next(new CronRule('*/20 * * * * *', 'UTC'), '2026-01-01T00:00:00Z', 2)).toEqual([
      '2026-01-01T00:00:20.000Z',
      '2026-01-01T00:00:40.000Z',
    ])
  })

  it.each([
    ['nonsense', 'UTC', /cron: "nonsense" cannot be read/],
    ['61 * * * *', 'UTC', /cron: "61 \* \* \* \*" cannot be read/],
    ['0 0 30 2 *', 'UTC', /names no date that ever comes/],
    ['* * * * *', 'Mars/Base', /timezone: "Mars\/Base" is not known/],
  ])('refuses %s in %s', (expression, timezone, message) => {
    expect(() => new CronRule(expression, timezone)).toThrowError(message)
  })
})

describe('a missed instant', () => {
  const hour = 60 * 60_000
  it.each([
    ['run_once', TOLERANCE_MS, 'run'],
    ['run_once', 100 * hour, 'run'],
    ['skip', TOLERANCE_MS, 'run'],
    ['skip', TOLERANCE_MS + 1, 'missed'],
    ['run_all', 24 * hour, 'run'],
    ['run_all', 24 * hour + 1, 'missed'],
  ] as const)('under %s, %i ms late: %s', (policy, lateMs, decision) => {
    expect(onDue(0, lateMs, misfireOf(policy))).toBe(decision)
  })

  const hourly = new CronRule('0 * * * *', 'UTC')
  const away = { scheduledMs: at('2026-01-01T09:00Z'), startedMs: at('2026-01-01T09:00Z') }
  const back = at('2026-01-01T12:30Z')
  it.each([
    ['run_once', '2026-01-01T10:00:00.000Z'],
    ['skip', '2026-01-01T13:00:00.000Z'],
    ['run_all', '2026-01-01T10:00:00.000Z'],
    [{ policy: 'run_all', maxAgeMs: 2 * hour }, '2026-01-01T11:00:00.000Z'],
  ] as const)('with %j goes on at %s', (param, instant) => {
    expect(iso(nextOccurrence(hourly, away, back, misfireOf(param)))).toBe(instant)
  })

  it('is made up for once, however many there were', () => {
    const late = { ...away, startedMs: back }
    expect(iso(nextOccurrence(hourly, late, back, misfireOf('run_once')))).toBe(
      '2026-01-01T13:00:00.000Z',
    )
  })

  it('never leads back in time, and every policy comes to the present in the end', () => {
    const policy = fc.constantFrom<Misfire['policy']>('run_once', 'skip', 'run_all')
    fc.assert(
      fc.property(policy, fc.integer({ min: 0, max: 72 }), fc.nat(hour), (word, hours, run) => {
        const misfire = misfireOf({ policy: word, maxAgeMs: 5 * hour })
        let scheduledMs = at('2026-01-01T00:00Z')
        let nowMs = scheduledMs + hours * hour
        for (let runs = 0; scheduledMs <= nowMs; runs++) {
          expect(runs).toBeLessThan(100)
          const following = nextOccurrence(
            hourly,
            { scheduledMs, startedMs: nowMs },
            nowMs + (run % 60_000),
            misfire,
          )
          expect(following).toBeGreaterThan(scheduledMs)
          scheduledMs = following ?? Number.POSITIVE_INFINITY
          nowMs += run % 60_000
        }
      }),
    )
  })
})
