import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { LineFolder, PromptScreen } from './prompt-screen.js'

describe('LineFolder', () => {
  it('gives lines as soon as they are full or ended', () => {
    const folder = new LineFolder(() => 21)
    expect(folder.push('The tests ')).toEqual([])
    expect(folder.push('are running now and')).toEqual(['The tests are'])
    expect(folder.push(' well.\nNext')).toEqual(['running now and well.'])
    expect(folder.end()).toEqual(['Next'])
    expect(folder.end()).toEqual([])
  })

  it('cuts a word that no line can hold, and loses nothing', () => {
    const folder = new LineFolder(() => 21)
    const lines = [...folder.push('x'.repeat(50)), ...folder.end()]
    expect(lines.join('')).toBe('x'.repeat(50))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(21)
  })
})

/** A terminal that knows just the sequences that readline and we write. */
class TinyScreen {
  readonly #columns: number
  readonly #rows: string[] = ['']
  #row = 0
  #column = 0

  constructor(columns: number) {
    this.#columns = columns
  }

  get rows(): string[] {
    return this.#rows.map((row) => row.trimEnd())
  }

  write(output: string): void {
    for (const token of output.match(/\x1b\[\d*[A-Z]|[\s\S]/g) ?? []) {
      const [, count, order] = /^\x1b\[(\d*)([A-Z])$/.exec(token) ?? []
      if (order !== undefined) this.#obey(order, Number(count || 1))
      else this.#put(token)
      while (this.#rows.length <= this.#row) this.#rows.push('')
    }
  }

  #obey(order: string, count: number): void {
    if (order === 'A') this.#row = Math.max(0, this.#row - count)
    else if (order === 'B') this.#row += count
    else if (order === 'C') this.#column += count
    else if (order === 'D') this.#column -= count
    else if (order === 'G') this.#column = count - 1
    else if (order === 'J') this.#clearDown()
    else throw new Error(`a sequence that this screen does not know: CSI ${count} ${order}`)
  }

  #clearDown(): void {
    this.#rows.length = this.#row + 1
    this.#rows[this.#row] = (this.#rows[this.#row] ?? '').slice(0, this.#column)
  }

  #put(character: string): void {
    if (character === '\r' || character === '\n') {
      this.#column = 0
      if (character === '\n') this.#row++
      return
    }
    if (this.#column === this.#columns) {
      this.#row++
      this.#column = 0
    }
    const line = (this.#rows[this.#row] ?? '').padEnd(this.#column)
    this.#rows[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1)
    this.#column++
  }
}

describe('PromptScreen', () => {
  it('writes above what is being typed, also when that fills several rows', async () => {
    const columns = 20
    const input = new PassThrough()
    const output = Object.assign(new PassThrough(), { columns, isTTY: true })
    let written = ''
    output.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
    const readline = createInterface({ input, output, terminal: true, prompt: '> ' })
    try {
      const screen = new PromptScreen(readline, output)
      readline.prompt()
      readline.write('short')
      screen.print(['first line', 'second line'])
      readline.write(' and then longer than one row is')
      screen.print(['third line'])
      readline.write('!')
      screen.print([])
      const shown = new TinyScreen(columns)
      shown.write(written)
      expect(shown.rows).toEqual([
        'first line',
        'second line',
        'third line',
        '> short and then lon',
        'ger than one row is!',
        '',
      ])
    } finally {
      readline.close()
    }
  })
})
