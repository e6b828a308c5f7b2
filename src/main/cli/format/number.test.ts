import { expect, it } from 'vitest'
import { formatCost, formatNumber } from './number.js'

it('divides thousands', () => {
  expect(formatNumber(1_234_567)).toBe('1,234,567')
  expect(formatNumber(1.5, 2)).toBe('1.50')
})

it.each([
  [null, 'unknown'],
  [0, '$0.00'],
  [0.004, '<$0.01'],
  [1234.5, '$1,234.50'],
])('shows a cost of %s as %s', (cost, text) => {
  expect(formatCost(cost)).toBe(text)
})
