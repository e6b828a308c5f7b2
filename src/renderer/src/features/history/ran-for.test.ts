import { expect, it } from 'vitest'
import { ranFor } from './ran-for.js'

it('claims no duration of a task whose end nobody saw', () => {
  expect(ranFor(10_000, null)).toBe('10s')
  expect(ranFor(10_000, { code: 'command_failed' })).toBe('10s')
  expect(ranFor(10_000, { code: 'interrupted' })).toBe('at least 10s')
})
