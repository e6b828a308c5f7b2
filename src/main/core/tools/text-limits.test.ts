import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeadAndTail } from './head-and-tail.js'
import { LineSlice } from './line-slice.js'
import { cutEnd, cutMiddle, wholeCharacters } from './text-limits.js'

const words = fc.string({ unit: 'grapheme', maxLength: 300 })

describe('cutMiddle', () => {
  it('leaves a text alone that fits', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(cutMiddle(text, Buffer.byteLength(text))).toBe(text)
      }),
    )
  })

  it('keeps both ends of a longer one, splits no character, and tells what is missing', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 200 }), (text, maxBytes) => {
        const size = Buffer.byteLength(text)
        fc.pre(size > maxBytes && text.isWellFormed())
        const cut = cutMiddle(text, maxBytes)
        const parts = /^(.*)\n\[… (\d+) bytes left out …\]\n(.*)$/su.exec(cut)
        const [, head = '', omitted = '', tail = ''] = parts ?? []
        expect(text.startsWith(head)).toBe(true)
        expect(text.endsWith(tail)).toBe(true)
        expect(Buffer.byteLength(head + tail)).toBeLessThanOrEqual(maxBytes)
        expect(Buffer.byteLength(head + tail) + Number(omitted)).toBe(size)
      }),
    )
  })
})

describe('cutEnd', () => {
  it('splits no character', () => {
    expect(cutEnd('ab😀cd', 3)).toBe('ab…')
    expect(cutEnd('ab😀cd', 4)).toBe('ab😀…')
    expect(cutEnd('ab', 2)).toBe('ab')
  })
})

describe('wholeCharacters', () => {
  it('drops parts of characters at both ends and nothing else', () => {
    fc.assert(
      fc.property(words, fc.nat(400), fc.nat(400), (text, from, to) => {
        const bytes = Buffer.from(text).subarray(from, to)
        const whole = wholeCharacters(bytes)
        expect(bytes.length - whole.length).toBeLessThanOrEqual(6)
        expect(Buffer.from(text.toWellFormed()).includes(whole)).toBe(true)
        if (text.isWellFormed()) expect(whole.toString()).not.toContain('\ufffd')
      }),
    )
  })
})

describe('HeadAndTail', () => {
  it('keeps what fits and both ends of what does not, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 30 }),
        fc.integer({ min: 2, max: 500 }),
        (pieces, max) => {
          fc.pre(pieces.every((piece) => piece.isWellFormed()))
          const kept = new HeadAndTail(max)
          for (const piece of pieces) kept.add(piece)
          const all = pieces.join('')
          expect(kept.totalBytes).toBe(Buffer.byteLength(all))
          if (kept.totalBytes <= max) {
            expect(kept.text()).toBe(all)
            return
          }
          const [head = '', tail = ''] = kept.text().split(/\n\[… \d+ bytes left out …\]\n/u)
          expect(all.startsWith(head)).toBe(true)
          expect(all.endsWith(tail)).toBe(true)
          expect(Buffer.byteLength(head + tail)).toBeLessThanOrEqual(max)
          expect(Buffer.byteLength(head + tail)).toBeGreaterThan(max - 8)
        },
      ),
    )
  })

  it('keeps little of a lot', () => {
    const kept = new HeadAndTail(1_000)
    for (let i = 0; i < 100_000; i++) kept.add('0123456789')
    expect(kept.totalBytes).toBe(1_000_000)
    expect(kept.text().length).toBeLessThan(1_100)
  })
})

describe('LineSlice', () => {
  it('finds the same lines whatever the chunks are', () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .map((text) => text.replaceAll('\n', ''))
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (lines, ends, first, limit, chunkSize) => {
          const text = lines.join('\n') + (ends && lines.length > 0 ? '\n' : '')
          const slice = new LineSlice(first, limit, 1_000_000)
          const bytes = Buffer.from(text)
          for (let at = 0; at < bytes.length; at += chunkSize) {
            slice.add(bytes.subarray(at, at + chunkSize))
          }
          slice.finish()
          const expected = text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/gu) ?? [])
          expect(slice.bytes.toString()).toBe(
            Buffer.from(expected.slice(first - 1, first - 1 + limit).join('')).toString(),
          )
          expect(slice.totalLines).toBe(expected.length)
          expect(slice.lines).toBe(expected.slice(first - 1, first - 1 + limit).length)
        },
      ),
    )
  })

  it.each([1, 3, 100])(
    'leaves a line for the next call that does not fit, in chunks of %i',
    (size) => {
      const slice = new LineSlice(1, 10, 12)
      const bytes = Buffer.from('12345\n1234567\n1\n')
      for (let at = 0; at < bytes.length; at += size) slice.add(bytes.subarray(at, at + size))
      slice.finish()
      expect(slice.bytes.toString()).toBe('12345\n')
      expect(slice).toMatchObject({ lines: 1, totalLines: 3, firstLineCut: false, done: true })
    },
  )

  it.each([1, 3, 100])(
    'cuts the first line when even that does not fit, in chunks of %i',
    (size) => {
      const slice = new LineSlice(2, 10, 4)
      const bytes = Buffer.from('1\n1234567\n1')
      for (let at = 0; at < bytes.length; at += size) slice.add(bytes.subarray(at, at + size))
      slice.finish()
      expect(slice.bytes.toString()).toBe('1234')
      expect(slice).toMatchObject({ lines: 1, totalLines: 3, firstLineCut: true, done: true })
    },
  )
})
