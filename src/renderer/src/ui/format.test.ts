import { expect, it } from 'vitest'
import {
  countOf,
  folderName,
  formatAgo,
  formatDuration,
  formatGigabytes,
  formatMoment,
  formatSpan,
} from './format.js'

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

it('counts things', () => {
  expect([0, 1, 2].map((count) => countOf(count, 'task'))).toEqual(['0 tasks', '1 task', '2 tasks'])
})
