import { expect, it } from 'vitest'
import { isolated } from './isolated.js'

it('leaves what runs from left to right as it is', () => {
  for (const text of ['', 'reviewer', 'Prüfer “1”', '審查員', 'run `npm test` 🚀']) {
    expect(isolated(text)).toBe(text)
  }
})

it.each([
  ['an override', 'txt.\u202eexe', '\u2068txt.\u202eexe\u2069'],
  ['another script', 'שלום', '\u2068שלום\u2069'],
  ['an end without a beginning', 'a\u2069\u202eb', '\u2068a\u202eb\u2069'],
  ['a beginning without an end', 'a\u2066b\u2067c', '\u2068a\u2066b\u2067c\u2069\u2069\u2069'],
  ['an isolate of its own', 'a\u2067b\u2069c', '\u2068a\u2067b\u2069c\u2069'],
])('closes in %s', (_name, text, closed) => {
  expect(isolated(text)).toBe(closed)
})
