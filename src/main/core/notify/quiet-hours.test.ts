import { expect, test } from 'vitest'
import { isQuiet } from './quiet-hours.js'

const night = { from: '22:30', to: '07:00' }
const noon = { from: '12:00', to: '13:30' }

test.each([
  ['2026-03-10T21:29:59Z', false],
  ['2026-03-10T21:30:00Z', true],
  ['2026-03-11T02:00:00Z', true],
  ['2026-03-11T05:59:59Z', true],
  ['2026-03-11T06:00:00Z', false],
  // In the summer, Berlin is two hours ahead.
  ['2026-07-10T20:30:00Z', true],
  ['2026-07-10T05:00:00Z', false],
])('a night that crosses midnight, in Berlin: %s', (at, quiet) => {
  expect(isQuiet(night, Date.parse(at), 'Europe/Berlin')).toBe(quiet)
})

test('hours of one day, none, and all', () => {
  const at = Date.parse('2026-03-10T12:15:00Z')
  expect(isQuiet(noon, at, 'UTC')).toBe(true)
  expect(isQuiet(noon, at, 'Asia/Taipei')).toBe(false)
  expect(isQuiet(null, at, 'UTC')).toBe(false)
  expect(isQuiet({ from: '08:00', to: '08:00' }, at, 'UTC')).toBe(true)
})
