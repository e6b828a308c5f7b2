import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Misfire } from '../../../shared/model/misfire.js'
import { CronRule } from './cron.js'
import { misfireOf, nextOccurrence, onDue, TOLERANCE_MS } from './misfire.js'

const hour = 60 * 60_000
const at = (text: string) => Date.parse(text)
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().slice(11, 16))
const hourly = new CronRule('0 * * * *', 'UTC')

describe('a missed instant', () => {
  it.each([
    [undefined, 100 * hour, 'run'],
    ['run_once', TOLERANCE_MS, 'run'],
    ['run_once', 100 * hour, 'run'],
    ['skip', TOLERANCE_MS, 'run'],
    ['skip', TOLERANCE_MS + 1, 'missed'],
    ['run_all', 24 * hour, 'run'],
    ['run_all', 24 * hour + 1, 'missed'],
    [{ policy: 'run_all', maxAgeMs: hour }, hour + 1, 'missed'],
  ] as const)('under %j, %i ms late: %s', (param, lateMs, decision) => {
    expect(onDue(0, lateMs, misfireOf(param))).toBe(decision)
  })
})

describe('the run after one that ended', () => {
  const nine = at('2026-01-01T09:00Z')
  const onTime = { settledMs: nine - 1, scheduledMs: nine, startedMs: nine }
  const halfPastTwelve = at('2026-01-01T12:30Z')

  it.each([
    ['run_once', '10:00'],
    ['skip', '13:00'],
    ['run_all', '10:00'],
    [{ policy: 'run_all', maxAgeMs: 2 * hour }, '11:00'],
  ] as const)('with %j follows at %s, after three and a half hours', (param, instant) => {
    expect(iso(nextOccurrence(hourly, onTime, halfPastTwelve, misfireOf(param)))).toBe(instant)
  })

  it('makes up once for all that passed before it began, and not at all when it never did', () => {
    const late = { ...onTime, startedMs: at('2026-01-01T11:30Z') }
    expect(iso(nextOccurrence(hourly, late, halfPastTwelve, misfireOf('run_once')))).toBe('12:00')
    const never = { ...onTime, startedMs: null }
    expect(iso(nextOccurrence(hourly, never, halfPastTwelve, misfireOf('run_once')))).toBe('13:00')
  })

  it.each(['run_once', 'skip', 'run_all'] as const)(
    'is never for an instant that was settled before, with %s and the clock set back',
    (policy) => {
      const back = nine - 3 * hour
      const forNow = { settledMs: nine, scheduledMs: back, startedMs: back }
      expect(iso(nextOccurrence(hourly, onTime, back, misfireOf(policy)))).toBe('10:00')
      expect(iso(nextOccurrence(hourly, forNow, back, misfireOf(policy)))).toBe('10:00')
    },
  )

  it('never leads back in time, and every policy comes to the present in the end', () => {
    const policy = fc.constantFrom<Misfire['policy']>('run_once', 'skip', 'run_all')
    fc.assert(
      fc.property(policy, fc.integer({ min: 0, max: 72 }), fc.nat(hour), (word, hours, run) => {
        const misfire = misfireOf({ policy: word, maxAgeMs: 5 * hour })
        let scheduledMs = at('2026-01-01T00:00Z')
        let nowMs = scheduledMs + hours * hour
        for (let runs = 0; scheduledMs <= nowMs; runs++) {
          expect(runs).toBeLessThan(100)
          const ended = { settledMs: scheduledMs - 1, scheduledMs, startedMs: nowMs }
          const following = nextOccurrence(hourly, ended, nowMs + (run % 60_000), misfire)
          expect(following).toBeGreaterThan(scheduledMs)
          scheduledMs = following ?? Number.POSITIVE_INFINITY
          nowMs += run % 60_000
        }
      }),
    )
  })
})
