import { expect, it } from 'vitest'
import { plainSnippet } from './plain-snippet.js'

const snippet = (text: string, ...ranges: [number, number][]) => ({
  ...{ text, ranges },
  ...{ cutBefore: true, cutAfter: false },
})

it('moves what was found to where it is without the marks', () => {
  const { text, ranges } = plainSnippet(snippet('a **bold** `word`', [4, 8], [12, 16]))
  expect(text).toBe('a bold word')
  expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(['bold', 'word'])
})

it('shows the marks that were looked for', () => {
  const looked = snippet('a **bold** word', [2, 4])
  expect(plainSnippet(looked)).toBe(looked)
})
