import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameChanges } from './frame-changes.js'

/** A terminal that knows just the sequences of `frameChanges`, and fails on any other. */
class TinyTerminal {
  readonly #cells: string[][]
  #row = 0
  #column = 0

  readonly width: number
  readonly height: number

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.#cells = Array.from({ length: height }, () => Array<string>(width).fill('?'))
  }

  get rows(): string[] {
    return this.#cells.map((cells) => cells.join('').trimEnd())
  }

  write(output: string): void {
    for (const token of output.match(/\x1b\[[\d;?]*[A-Za-z]|[\s\S]/gu) ?? []) this.#token(token)
  }

  #token(token: string): void {
    const [, row, column] = /^\x1b\[(\d+);(\d+)H$/.exec(token) ?? []
    const [, absolute] = /^\x1b\[(\d+)G$/.exec(token) ?? []
    if (row !== undefined) {
      this.#row = Math.min(this.height, Number(row)) - 1
      this.#column = Number(column) - 1
    } else if (absolute !== undefined) {
      this.#column = Math.min(this.width, Number(absolute)) - 1
    } else if (token === '\x1b[K' || token === '\x1b[J') {
      // Behind the last column the cursor still stands on it.
      this.#cells[this.#row]?.fill(' ', Math.min(this.#column, this.width - 1))
      if (token === '\x1b[J') for (const cells of this.#cells.slice(this.#row + 1)) cells.fill(' ')
    } else if (!token.startsWith('\x1b[?2026')) {
      expect(token).not.toMatch(/[\0-\x1f]/)
      const cells = this.#cells[this.#row]
      if (cells) cells[Math.min(this.#column, this.width - 1)] = token
      this.#column++
    }
  }
}

describe('frameChanges', () => {
  it('writes nothing when nothing has changed', () => {
    expect(frameChanges(['a', 'b'], ['a', 'b'], 10)).toBe('')
  })

  it('writes only the lines that differ', () => {
    const changes = frameChanges(['a', 'b', 'c'], ['a', 'B', 'c'], 10)
    expect(changes).toBe('\x1b[?2026h\x1b[2;1HB\x1b[K\x1b[?2026l')
  })

  it('puts the edge of the box at its column, however wide the line came out', () => {
    expect(frameChanges([], ['║⏸ ║'], 5)).toContain('║⏸ \x1b[K\x1b[5G║')
  })

  it('leaves on the screen what was to be shown, whatever was there', () => {
    const [width, height] = [6, 4]
    const line = fc.oneof(
      fc.constant('║    ║'),
      fc.constant('╚════╝'),
      fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: width - 1 }),
    )
    const frames = fc.array(fc.array(line, { maxLength: height }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(frames, (all) => {
        const terminal = new TinyTerminal(width, height)
        let before: string[] | null = null
        for (const frame of all) {
          terminal.write(frameChanges(before, frame, width))
          before = frame
          const shown = Array.from({ length: height }, (_, row) => (frame[row] ?? '').trimEnd())
          expect(terminal.rows).toEqual(shown)
        }
      }),
    )
  })
})
