import { describe, expect, it } from 'vitest'
import { escapedControls, oneLine, PlainTextStream, plainText, truncate } from './terminal-text.js'

describe('plainText', () => {
  it.each([
    ['colours', '\x1b[1;31mred\x1b[0m', 'red'],
    ['cursor movement', 'a\x1b[2J\x1b[Hb', 'ab'],
    ['a window title ended by BEL', 'a\x1b]0;owned\x07b', 'ab'],
    ['the clipboard, ended by ST', 'a\x1b]52;c;ZXZpbA==\x1b\\b', 'ab'],
    ['8-bit CSI', 'a\x9b31mb', 'ab'],
    ['a device control string', 'a\x1bPq#0\x1b\\b', 'ab'],
    ['single-character escapes', 'a\x1bcb\x1b(Bc', 'abc'],
    ['other controls', 'a\0\b\x07\x7fb', 'ab'],
    ['reversed reading order', 'a\u202ecod.exe\u2069b', 'acod.exeb'],
    [
      'every mark of the reading order',
      'a\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069b',
      'ab',
    ],
    ['carriage returns', 'one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['a string without end', 'a\x1b]0;title\nb', 'a0;title\nb'],
  ])('takes out %s', (_name, text, plain) => {
    expect(plainText(text)).toBe(plain)
  })

  it('keeps tabs, line feeds and every script', () => {
    const text = 'a\tb\n日本語 🎉 ñ\n'
    expect(plainText(text)).toBe(text)
  })
})

describe('PlainTextStream', () => {
  it('recognises a sequence wherever it is cut', () => {
    const text = 'one\x1b[1;31mtwo\x1b[0m\r\nthree\x1b]0;x\x07four\x1b]8;;y\x1b\\five'
    for (let cut = 0; cut <= text.length; cut++) {
      const stream = new PlainTextStream()
      const shown = stream.push(text.slice(0, cut)) + stream.push(text.slice(cut)) + stream.end()
      expect(shown).toBe('onetwo\nthreefourfive')
    }
  })

  it('gives back what was held when nothing follows', () => {
    const stream = new PlainTextStream()
    expect(stream.push('done\r')).toBe('done')
    expect(stream.end()).toBe('\n')
    expect(stream.end()).toBe('')
  })

  it('does not hold back an endless sequence', () => {
    const stream = new PlainTextStream()
    const shown = stream.push(`\x1b]${'x'.repeat(10_000)}`)
    expect(shown).toContain('x'.repeat(10_000))
  })
})

describe('escapedControls', () => {
  it('leaves nothing in JSON that a terminal acts upon, and the value as it is', () => {
    const value = { text: 'a\u202ecod.exe\u2069 \x1b[31m \x9b31m \x7f 日本語 🎉' }
    const json = escapedControls(JSON.stringify(value))
    expect(json).toMatch(/^[^\p{Cc}\p{Cf}]*$/u)
    expect(json).toContain('\\u202ecod.exe\\u2069')
    expect(JSON.parse(json)).toEqual(value)
  })
})

describe('oneLine', () => {
  it('leaves no line break for a description to hide behind', () => {
    expect(oneLine('  a\n  - task_fake: b\r\n\tc ')).toBe('a - task_fake: b c')
  })
})

describe('truncate', () => {
  it('counts characters and not code units', () => {
    expect(truncate('🎉🎉🎉', 3)).toBe('🎉🎉🎉')
    expect(truncate('🎉🎉🎉🎉', 3)).toBe('🎉🎉…')
  })
})
