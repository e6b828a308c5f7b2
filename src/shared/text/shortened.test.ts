import { expect, it } from 'vitest'
import { shortened } from './shortened.js'

it('leaves a text that is short enough as it is', () => {
  expect(shortened('four', 4)).toBe('four')
  expect(shortened('', 4)).toBe('')
})

it('ends a longer one with an ellipsis, without a blank before it', () => {
  expect(shortened('fives', 4)).toBe('fiv…')
  expect(shortened('a b c', 3)).toBe('a…')
})

it('cuts no character of two units in half', () => {
  expect(shortened('😀😀😀', 4)).toBe('😀…')
  expect(shortened('😀😀😀', 5)).toBe('😀😀…')
})
