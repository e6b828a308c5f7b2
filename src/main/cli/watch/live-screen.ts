import type { CliEnvironment } from '../command-context.js'
import type { Terminal } from '../terminal.js'
import { frameChanges } from './frame-changes.js'

/** Alternate screen, no cursor, and no wrapping: a line that is too wide moves no other. */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[H\x1b[2J'
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l'

const CTRL_C = '\x03'
const CTRL_L = '\x0c'

export interface Frame {
  readonly lines: readonly string[]
  readonly boxWidth: number
}

export interface LiveScreenOptions {
  readonly environment: CliEnvironment
  readonly terminal: Terminal
  readonly draw: () => Frame
  /** The user wants to leave. */
  readonly onLeave: () => void
}

/**
 * A screen of its own over the terminal's, from `open` to `close`, after which everything is as it
 * was. Keys are not echoed meanwhile: they would be written into the picture.
 */
export class LiveScreen {
  readonly #options: LiveScreenOptions
  #shown: readonly string[] | null = null
  #release: Array<() => void> = []
  #isOpen = false

  constructor(options: LiveScreenOptions) {
    this.#options = options
  }

  open(): void {
    const { environment, terminal, onLeave } = this.#options
    const { stdin } = environment
    this.#isOpen = true
    terminal.write(ENTER)
    const onKeys = (keys: Buffer | string) => {
      const text = keys.toString()
      if (/^q/i.test(text) || text.includes(CTRL_C)) onLeave()
      if (text === CTRL_L) this.#redraw()
    }
    if (stdin.isTTY === true) {
      stdin.setRawMode?.(true)
      stdin.on('data', onKeys)
      stdin.resume()
    }
    this.#release = [
      terminal.onResize(() => this.#redraw()),
      environment.onTermination(onLeave),
      () => {
        if (stdin.isTTY !== true) return
        stdin.off('data', onKeys)
        stdin.pause()
        stdin.setRawMode?.(false)
      },
    ]
  }

  /** Writes what is different from what is shown. */
  draw(): void {
    if (!this.#isOpen) return
    const { lines, boxWidth } = this.#options.draw()
    const changes = frameChanges(this.#shown, lines, boxWidth)
    this.#shown = lines
    if (changes !== '') this.#options.terminal.write(changes)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const release of this.#release) release()
    this.#options.terminal.write(LEAVE)
  }

  /** What the terminal made of the old picture is not known. */
  #redraw(): void {
    this.#shown = null
    this.draw()
  }
}
