import { describe, expect, it } from 'vitest'
import { retryAfterMsOf } from './retry-after.js'

const DATE = 'Thu, 01 Jan 2026 12:00:00 GMT'

describe('retryAfterMsOf', () => {
  it.each([
    ['nothing is said', {}, null],
    ['milliseconds', { 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    ['seconds', { 'retry-after': '17' }, 17_000],
    ['parts of a second', { 'retry-after': '0.5' }, 500],
    ['a date', { date: DATE, 'retry-after': 'Thu, 01 Jan 2026 12:01:00 GMT' }, 60_000],
    ['a date that is over', { date: DATE, 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, 0],
    ['a date without one to compare', { 'retry-after': 'Thu, 01 Jan 2026 12:01:00 GMT' }, null],
    ['nonsense', { date: DATE, 'retry-after': 'soon' }, null],
    ['more than a day', { 'retry-after': '999999' }, 86_400_000],
    [
      'the window that is used up',
      {
        date: DATE,
        'anthropic-ratelimit-requests-remaining': '9',
        'anthropic-ratelimit-requests-reset': '2026-01-01T12:30:00Z',
        'anthropic-ratelimit-input-tokens-remaining': '0',
        'anthropic-ratelimit-input-tokens-reset': '2026-01-01T12:00:20Z',
        'anthropic-ratelimit-output-tokens-remaining': '0',
        'anthropic-ratelimit-output-tokens-reset': '2026-01-01T12:00:10Z',
      },
      20_000,
    ],
    [
      'windows that do not tell which one is used up',
      {
        date: DATE,
        'anthropic-ratelimit-requests-reset': '2026-01-01T12:00:05Z',
        'anthropic-ratelimit-tokens-reset': '2026-01-01T12:00:07Z',
      },
      7_000,
    ],
    [
      'an instant in epoch seconds',
      { date: DATE, 'anthropic-ratelimit-unified-reset': String(Date.parse(DATE) / 1000 + 90) },
      90_000,
    ],
  ])('%s', (_, headers, expected) => {
    expect(retryAfterMsOf(new Headers(Object.entries(headers)))).toBe(expected)
  })

  it('knows nothing without headers', () => {
    expect(retryAfterMsOf(undefined)).toBeNull()
  })
})
