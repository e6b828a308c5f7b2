import { clearScreenDown, cursorTo, type Interface, moveCursor } from 'node:readline'
import type { OutputStream } from '../terminal.js'

/** Writes above the line that is being typed, which stays as it is. */
export class PromptScreen {
  readonly #readline: Interface
  readonly #output: OutputStream
  #closed = false

  constructor(readline: Interface, output: OutputStream) {
    this.#readline = readline
    this.#output = output
  }

  /** Whole lines; an empty list writes nothing. */
  print(lines: readonly string[]): void {
    if (lines.length === 0) return
    const text = `${lines.join('\n')}\n`
    if (this.#closed) {
      this.#output.write(text)
      return
    }
    // readline draws anew from as many rows above the cursor as the typed text had before.
    const { rows } = this.#readline.getCursorPos()
    moveCursor(this.#output, 0, -rows)
    cursorTo(this.#output, 0)
    clearScreenDown(this.#output)
    this.#output.write(text + '\n'.repeat(rows))
    this.#readline.prompt(true)
  }

  close(): void {
    this.#closed = true
  }
}

/** Cuts text that arrives in pieces into lines no wider than the terminal, at spaces. */
export class LineFolder {
  readonly #width: () => number
  #rest = ''

  constructor(width: () => number) {
    this.#width = width
  }

  push(text: string): string[] {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    const width = Math.max(20, this.#width() - 1)
    while (this.#rest.length > width) {
      const space = this.#rest.lastIndexOf(' ', width)
      const cut = space > 0 ? space : width
      lines.push(this.#rest.slice(0, cut))
      this.#rest = this.#rest.slice(space > 0 ? cut + 1 : cut)
    }
    return lines
  }

  end(): string[] {
    const rest = this.#rest
    this.#rest = ''
    return rest === '' ? [] : [rest]
  }
}
