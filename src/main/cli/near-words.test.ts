import { expect, it } from 'vitest'
import { didYouMean, nearWords } from './near-words.js'

const words = ['start', 'stop', 'show', 'send', 'sleep', 'delete']

it.each([
  ['strat', ['start']],
  ['stpo', ['stop']],
  ['Delet', ['delete']],
  ['sen', ['send']],
  ['frobnicate', []],
  ['', []],
])('finds what "%s" may have meant', (word, near) => {
  expect(nearWords(word, words)).toEqual(near)
})

it('says so as the parser does', () => {
  expect(didYouMean('sart', words)).toBe(' (Did you mean start?)')
  expect(didYouMean('stow', words)).toBe(' (Did you mean one of stop, show?)')
  expect(didYouMean('frobnicate', words)).toBe('')
})
