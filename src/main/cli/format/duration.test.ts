import { describe, expect, it } from 'vitest'
import { formatAgo, formatComing, formatDuration } from './duration.js'

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [0.4, '0s'],
    [-5, '0s'],
    [45, '45s'],
    [60, '1m'],
    [135, '2m 15s'],
    [3599.6, '1h'],
    [3_900, '1h 5m'],
    [3_605, '1h'],
    [90_000, '1d 1h'],
  ])('shows %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })
})

describe('formatAgo', () => {
  const now = 10_000_000_000
  it.each([
    [0, 'just now'],
    [999, 'just now'],
    [1_000, '1s ago'],
    [3 * 60_000 + 20_000, '3m ago'],
    [5 * 3_600_000, '5h ago'],
    [49 * 3_600_000, '2d ago'],
    // A clock that was set back.
    [-5_000, 'just now'],
  ])('shows %d ms ago as %s', (ms, text) => {
    expect(formatAgo(now - ms, now)).toBe(text)
  })
})

describe('formatComing', () => {
  it('gives day, time, and how long it is until then', () => {
    const at = new Date(2027, 0, 5, 9, 4, 59).getTime()
    expect(formatComing(at, at - 7_500_000)).toBe('2027-01-05 09:04 (in 2h 5m)')
    expect(formatComing(at, at + 1)).toBe('2027-01-05 09:04 (now)')
  })
})
