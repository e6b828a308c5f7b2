import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutToWidth, displayWidth } from './display-width.js'

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['plain text', 10],
    ['café', 4],
    ['cafe\u0301', 4],
    ['日本語', 6],
    ['한국어', 6],
    ['ｆｕｌｌ', 8],
    ['用戶可以 chat', 13],
    ['⏳✅❌⛔', 8],
    // Text by default, and an emoji on request.
    ['⏸', 1],
    ['⏸\ufe0f', 2],
    ['👩‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['👍🏽', 2],
    ['│└─═█░…', 7],
    ['a\u200bb', 2],
  ])('%j takes %d columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

describe('cutToWidth', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    // The second half of a wide character has no place of its own.
    ['日本語', 4, '日…'],
    ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['abc', -1, ''],
    ['', 0, ''],
  ])('cuts %j at %d to %j', (text, width, cut) => {
    expect(cutToWidth(text, width)).toBe(cut)
  })

  it('never exceeds the width, and leaves alone what fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, width) => {
        const cut = cutToWidth(text, width)
        expect(displayWidth(cut)).toBeLessThanOrEqual(width)
        if (displayWidth(text) <= width && width > 0) expect(cut).toBe(text)
      }),
    )
  })
})
