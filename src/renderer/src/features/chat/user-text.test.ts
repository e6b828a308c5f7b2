import { expect, it } from 'vitest'
import { beginningOf, piecesOf } from './user-text.js'

it('tells what a message points at from its other words', () => {
  const mention = { kind: 'file', token: '@a.ts', target: 'a.ts' } as const
  expect(piecesOf('look at @a.ts, not @b.ts', [mention])).toEqual([
    { text: 'look at ', mention: null },
    { text: '@a.ts', mention },
    { text: ', not @b.ts', mention: null },
  ])
  expect(piecesOf('plain', [])).toEqual([{ text: 'plain', mention: null }])
})

it('shows the beginning of a long text', () => {
  expect(beginningOf('short', 100)).toBe('short')
  expect(beginningOf('one two three', 9)).toBe('one two')
  expect(beginningOf('a\nb\nc\nd', 100, 2)).toBe('a\nb'.slice(0, 3))
  expect(beginningOf('x'.repeat(500), 100)).toHaveLength(100)
  expect(beginningOf(`${'x'.repeat(99)}😀`, 100).isWellFormed()).toBe(true)
})
