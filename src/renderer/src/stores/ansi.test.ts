import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANSI_START, type Line, LONGEST_LINE, readAnsi, textOfLines } from './ansi.js'

const ESC = '\u001b'

function texts(lines: readonly Line[]): readonly string[] {
  return lines.map((line) => line.map((span) => span.text).join(''))
}

describe('terminal output', () => {
  it('keeps colours and weight, and ends them where they end', () => {
    const { lines } = readAnsi(ANSI_START, `${ESC}[32;1mok${ESC}[0m plain ${ESC}[90mgrey\n`)
    expect(lines[0]).toEqual([
      { text: 'ok', style: { color: 2, bold: true } },
      { text: ' plain ', style: {} },
      { text: 'grey', style: { color: 0 } },
    ])
  })

  it('overwrites a line after a carriage return', () => {
    const { lines, state } = readAnsi(ANSI_START, '10 %\r50 %\r\nnext\r')
    expect(texts(lines)).toEqual(['50 %'])
    expect(texts([state.line])).toEqual(['next'])
    expect(texts([readAnsi(state, 'over').state.line])).toEqual(['over'])
  })

  it('cuts endless lines for the eye, and makes them whole again for a copy', () => {
    const text = `${'x'.repeat(LONGEST_LINE - 5)}${ESC}[31m${'y'.repeat(LONGEST_LINE + 10)}\nend`
    const { lines, state } = readAnsi(ANSI_START, text)
    expect(texts(lines).map((line) => line.length)).toEqual([LONGEST_LINE, LONGEST_LINE, 5])
    const whole = `${'x'.repeat(LONGEST_LINE - 5)}${'y'.repeat(LONGEST_LINE + 10)}\nend`
    expect(textOfLines([...lines, state.line])).toBe(whole)
  })

  it('drops what only a terminal can do', () => {
    const text = `a${ESC}[2Kb${ESC}]0;title\u0007c${ESC}[?25ld\u0008\n`
    expect(texts(readAnsi(ANSI_START, text).lines)).toEqual(['abcd'])
  })

  it('shows extended colours in the colour of the text', () => {
    const { lines } = readAnsi(ANSI_START, `${ESC}[38;5;196mred${ESC}[38;2;1;2;3mrgb\n`)
    expect(lines[0]).toEqual([
      { text: 'red', style: {} },
      { text: 'rgb', style: {} },
    ])
  })

  it('does not depend on where the text is cut', () => {
    const piece = fc.constantFrom('a', 'bc', '\n', '\r', `${ESC}[31m`, `${ESC}[0m`, `${ESC}[1;2m`)
    fc.assert(
      fc.property(fc.array(piece), fc.nat(), (pieces, place) => {
        const text = pieces.join('')
        const cut = text.length === 0 ? 0 : place % text.length
        const first = readAnsi(ANSI_START, text.slice(0, cut))
        const second = readAnsi(first.state, text.slice(cut))
        const whole = readAnsi(ANSI_START, text)
        expect(texts([...first.lines, ...second.lines])).toEqual(texts(whole.lines))
        expect(texts([second.state.line])).toEqual(texts([whole.state.line]))
      }),
    )
  })
})
