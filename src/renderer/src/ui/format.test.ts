import { afterEach, expect, it } from 'vitest'
import { de } from '../text/de/index.js'
import { useWords } from '../text/text.js'
import {
  folderName,
  formatAgo,
  formatDollars,
  formatDuration,
  formatGigabytes,
  formatList,
  formatMegabytes,
  formatMilliseconds,
  formatMoment,
  formatNumber,
  formatSpan,
  formatSpent,
} from './format.js'

afterEach(() => useWords.setState(useWords.getInitialState()))

it.each([
  [0, '0s'],
  [59_999, '59s'],
  [135_000, '2m 15s'],
  [3_840_000, '1h 04m'],
  [-5, '0s'],
])('writes %i ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

it('writes how long ago something was', () => {
  expect(formatAgo(0, 30_000)).toBe('just now')
  expect(formatAgo(0, 5 * 60_000)).toBe('5m ago')
  expect(formatAgo(0, 3 * 3_600_000)).toBe('3h ago')
})

it('writes a moment with its day where that is not known', () => {
  const noon = Number(new Date(2027, 0, 30, 12, 0))
  const later = Number(new Date(2027, 0, 30, 13, 5))
  const tomorrow = Number(new Date(2027, 0, 31, 12, 0))
  expect(formatMoment(later, noon)).not.toContain('30')
  expect(formatMoment(later, tomorrow)).toMatch(/30.*:05/)
  expect(formatSpan(noon, later, noon)).not.toContain('30')
  expect(formatSpan(noon, later, tomorrow)).toMatch(/^[^3]*30[^3]+$/)
  expect(formatSpan(noon, tomorrow, tomorrow)).toMatch(/^[^3]*30[^3]+$/)
})

it('writes memory in gigabytes with one decimal', () => {
  expect(formatGigabytes(16 * 1024 ** 3)).toMatch(/^16[.,]0\sGB$/)
  expect(formatGigabytes(0.26 * 1024 ** 3)).toMatch(/^0[.,]3\sGB$/)
})

it('names a folder by its last part', () => {
  expect(folderName('/home/ada/orbit/')).toBe('orbit')
  expect(folderName('C:\\work\\orbit')).toBe('orbit')
})

it.each([
  [0, '$0.00'],
  [0.5, '$0.50'],
  [12.3456, '$12.3456'],
  [0.000045, '$0.000045'],
])('writes %s dollars as %s', (sum, text) => {
  expect(formatDollars(sum)).toBe(text)
})

it('writes as the language of the window does', () => {
  const written = () => [
    formatNumber(1234),
    formatList(['a', 'b', 'c']),
    formatSpent(999),
    formatSpent(61_000),
    formatMilliseconds(500),
    formatMegabytes(1.5 * 1024 ** 3),
    formatDollars(0.005),
  ]
  expect(written()).toEqual([
    '1,234',
    'a, b, and c',
    'under 1s',
    '1m 01s',
    '500ms',
    '1,536 MB',
    '$0.005',
  ])
  useWords.setState({ language: 'de', locale: 'de-DE', text: de })
  expect(written()).toEqual([
    '1.234',
    'a, b und c',
    'unter 1\u00a0s',
    '1\u00a0min 01\u00a0s',
    '500 ms',
    '1.536 MB',
    '0,005\u00a0$',
  ])
})
