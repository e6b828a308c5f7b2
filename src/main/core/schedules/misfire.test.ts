import { describe, expect, it } from 'vitest'
import { misfireOf, onDue, TOLERANCE_MS } from './misfire.js'

const hour = 60 * 60_000

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
