import { styleText } from 'node:util'
import {
  escapedControls,
  oneLine,
  PlainTextStream,
  plainText,
} from '../../shared/text/terminal-text.js'

/** Where a command writes: a terminal, a pipe or a file. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

const WIDTH_WITHOUT_TERMINAL = 80
const HEIGHT_WITHOUT_TERMINAL = 24

/**
 * What commands print. Answers go to stdout, remarks to stderr. Escape sequences are written only
 * to a terminal whose user did not set NO_COLOR; foreign text reaches a terminal only filtered.
 */
export class Terminal {
  readonly #stdout: OutputStream
  readonly #stderr: OutputStream
  readonly #colored: boolean
  readonly #isDumb: boolean

  constructor(
    stdout: OutputStream,
    stderr: OutputStream,
    env: Readonly<Record<string, string | undefined>>,
  ) {
    this.#stdout = stdout
    this.#stderr = stderr
    // https://no-color.org: present and not empty.
    this.#isDumb = env['TERM'] === 'dumb'
    this.#colored = stdout.isTTY === true && !env['NO_COLOR'] && !this.#isDumb
  }

  get isInteractive(): boolean {
    return this.#stdout.isTTY === true
  }

  /** Whether the cursor can be moved over what was written. */
  get hasScreen(): boolean {
    return this.isInteractive && !this.#isDumb
  }

  get width(): number {
    return this.#stdout.columns ?? WIDTH_WITHOUT_TERMINAL
  }

  get height(): number {
    return this.#stdout.rows ?? HEIGHT_WITHOUT_TERMINAL
  }

  /** Hears that width or height are others. Returns how to stop listening. */
  onResize(listener: () => void): () => void {
    this.#stdout.on('resize', listener)
    return () => this.#stdout.off('resize', listener)
  }

  /** One line of the answer. */
  line(text = ''): void {
    this.#stdout.write(`${text}\n`)
  }

  /** Text of the answer as it is, without a line end of its own. */
  write(text: string): void {
    this.#stdout.write(text)
  }

  /** A remark beside the answer. */
  note(text: string): void {
    this.#stderr.write(`${text}\n`)
  }

  /** The same value for whoever parses it, and nothing in it that a terminal would act upon. */
  json(value: unknown): void {
    this.#stdout.write(`${escapedControls(JSON.stringify(value))}\n`)
  }

  /** Foreign text: filtered for a terminal, untouched for a pipe. */
  foreign(text: string): string {
    return this.isInteractive ? plainText(text) : text
  }

  /** Foreign text within a line of ours; one line wherever it goes. */
  foreignLine(text: string): string {
    return oneLine(text)
  }

  /** Foreign text that arrives in pieces. */
  foreignStream(): { push(text: string): string; end(): string } {
    return this.isInteractive ? new PlainTextStream() : { push: (text) => text, end: () => '' }
  }

  style(style: Style, text: string): string {
    return this.#colored ? styleText(style, text, { validateStream: false }) : text
  }

  /** A line on stderr that replaces itself; nothing is shown where stderr is no terminal. */
  transientLine(): TransientLine {
    return new TransientLine(this.#stderr)
  }
}

export class TransientLine {
  readonly #stream: OutputStream
  #shown = false

  constructor(stream: OutputStream) {
    this.#stream = stream
  }

  show(text: string): void {
    if (this.#stream.isTTY !== true) return
    const width = (this.#stream.columns ?? WIDTH_WITHOUT_TERMINAL) - 1
    this.#stream.write(`\r\x1b[K${oneLine(text).slice(0, width)}`)
    this.#shown = true
  }

  clear(): void {
    if (this.#shown) this.#stream.write('\r\x1b[K')
    this.#shown = false
  }
}
