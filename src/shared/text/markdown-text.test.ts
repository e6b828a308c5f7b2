import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marksIn, withoutMarks } from './markdown-text.js'

const plain = (markdown: string) => withoutMarks(markdown).text

describe('Markdown without its marks', () => {
  it.each([
    ['# What I found', 'What I found'],
    ['It is **very** *important*, ~~not~~ so', 'It is very important, not so'],
    ['Run `npm test` in ``a`b``', 'Run npm test in a`b'],
    ['**Run `npm test` _now_**', 'Run npm test now'],
    ['- one\n* two\n  + three\n1. four', 'one\ntwo\nthree\n1. four'],
    ['- [x] done', 'done'],
    ['> said\n> > before', 'said\nbefore'],
    ['see [the file](src/a_b.ts "title") and ![a picture](x.png)', 'see the file and a picture'],
    ['```ts\nconst a = 1\n```', '\nconst a = 1\n'],
    ['```\n# a *comment*\n```\n# A heading', '\n# a *comment*\n\nA heading'],
    ['```ts\nconst a = *b', '\nconst a = *b'],
    ['above\n\n---\n\nbelow', 'above\n\n\n\nbelow'],
    ['| a | b |\n| --- | :-: |\n| 1 | 2 |', '| a | b |\n\n| 1 | 2 |'],
    ['***both***', 'both'],
    ['**測試**完成', '測試完成'],
  ])('%j', (markdown, expected) => {
    expect(plain(markdown)).toBe(expected)
  })

  it.each([
    'snake_case_name and __x',
    '2 * 3 * 4, 2**8 and a ** b',
    'a # b, 5 > 3, C:\\dir\\*.txt',
    'an open **mark, an open `tick',
    '[no link] (here), f(x)[0]',
    'one - two',
    '',
  ])('leaves %j as it is', (text) => {
    expect(plain(text)).toBe(text)
  })

  it('keeps marks within code', () => {
    expect(plain('`a * b * c` and `__init__`')).toBe('a * b * c and __init__')
  })

  it('says where a place has gone to', () => {
    const { text, placeOf } = withoutMarks('a **bold** `word`')
    expect(text.slice(placeOf(4), placeOf(8))).toBe('bold')
    expect(text.slice(placeOf(0), placeOf(17))).toBe('a bold word')
    expect(placeOf(3)).toBe(placeOf(4))
  })

  it.each([' ', '|', '-', '>', '*', '_', '`', '[', '~', '| ', '- ', '\t|-'])(
    'reads a line of nothing but %j in time that its length asks for',
    (piece) => {
      // What reads a line over and over would take minutes.
      expect(plain(piece.repeat(60_000)).length).toBeLessThanOrEqual(120_000)
    },
  )

  it('takes stretches away that are apart, whatever the text', () => {
    const pieces = fc.constantFrom(
      '*',
      '**',
      '_',
      '`',
      '#',
      ' ',
      '\n',
      '[',
      ']',
      '(',
      ')',
      'a',
      '-',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const markdown = parts.join('')
        const marks = marksIn(markdown)
        let at = 0
        for (const [start, end] of marks) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          at = end
        }
        expect(plain(markdown)).toHaveLength(
          markdown.length - marks.reduce((sum, [start, end]) => sum + end - start, 0),
        )
      }),
    )
  })
})
