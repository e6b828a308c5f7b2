import { expect, it } from 'vitest'
import { figureText } from './figure-text.js'

const en = figureText('en-US', 'Asia/Taipei', 'hour')
const de = figureText('de-DE', 'Europe/Berlin', 'day')

it('writes durations in their two largest units', () => {
  expect([0, 45, 135, 3_600, 90_061].map(en.duration)).toEqual([
    '0s',
    '45s',
    '2m 15s',
    '1h',
    '1d 1h',
  ])
})

it('never tells a cost as nothing', () => {
  expect([0, 0.004, 1.5].map(en.money)).toEqual(['$0.00', '< $0.01', '$1.50'])
})

it('writes figures and moments as the language does, in the time zone of the figures', () => {
  expect(en.number(1234.56)).toBe('1,235')
  expect(de.number(1234.56, 1)).toBe('1.234,6')
  expect(en.moment(Date.UTC(2026, 2, 10, 18))).toBe('02:00 AM')
  expect(de.moment(Date.UTC(2026, 2, 10, 23))).toBe('11. März')
})
