import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import type { CliEnvironment } from '../../src/main/cli/command-context.js'
import { runCli } from '../../src/main/cli/run-cli.js'
import { releaseOwner, trackOwner } from './leak-check.js'

export interface CliOptions {
  readonly dataDirectory: string
  readonly cwd?: string
  readonly hostScript?: string
  readonly env?: Readonly<Record<string, string>>
  /** Columns of the terminal that stdin, stdout and stderr are; without it they are pipes. */
  readonly terminal?: number
  /** Rows of that terminal. */
  readonly rows?: number
  readonly input?: string
}

/** A command line running inside the test, with streams of its own. */
export class CliRun {
  readonly exit: Promise<number>
  readonly #stdin = new PassThrough()
  readonly #written = { stdout: '', stderr: '' }
  readonly #listeners = new Set<() => void>()
  readonly #interrupts = new Set<() => void>()
  readonly #terminations = new Set<() => void>()
  readonly #stdout: PassThrough
  /** Whether keys are read one by one and not echoed. */
  rawMode = false

  constructor(argv: readonly string[], options: CliOptions) {
    const owner = trackOwner(`smart-agents ${argv.join(' ')}`, () => this.interrupt())
    const { dataDirectory, terminal, rows, input } = options
    const kind =
      terminal === undefined
        ? {}
        : { isTTY: true, columns: terminal, ...(rows === undefined ? {} : { rows }) }
    this.#stdout = Object.assign(this.#output('stdout'), kind)
    const setRawMode = (raw: boolean) => {
      this.rawMode = raw
    }
    const environment: CliEnvironment = {
      env: { SMART_AGENTS_HOME: dataDirectory, ...options.env },
      cwd: options.cwd ?? dataDirectory,
      platform: process.platform,
      homeDirectory: '/home/nobody',
      stdin: Object.assign(this.#stdin, kind, { setRawMode }),
      stdout: this.#stdout,
      stderr: Object.assign(this.#output('stderr'), kind),
      version: '1.2.3',
      hostScript: options.hostScript ?? '/nonexistent/host.js',
      now: () => 1_800_000_000_000,
      runHost: () => Promise.reject(new Error('this test runs no host')),
      onInterrupt: (listener) => {
        this.#interrupts.add(listener)
        return () => this.#interrupts.delete(listener)
      },
      onTermination: (listener) => {
        this.#terminations.add(listener)
        return () => this.#terminations.delete(listener)
      },
    }
    if (terminal === undefined) this.#stdin.end(input ?? '')
    this.exit = runCli(argv, environment).finally(() => releaseOwner(owner))
  }

  get stdout(): string {
    return this.#written.stdout
  }

  get stderr(): string {
    return this.#written.stderr
  }

  /** Presses keys. */
  type(text: string): void {
    this.#stdin.write(text)
  }

  interrupt(): void {
    for (const listener of this.#interrupts) listener()
  }

  /** Asks the process to end, as `kill` does. */
  terminate(): void {
    for (const listener of this.#terminations) listener()
  }

  /** The window of the terminal gets another size. */
  resize(columns: number, rows: number): void {
    Object.assign(this.#stdout, { columns, rows })
    this.#stdout.emit('resize')
  }

  /** Resolves once stdout or stderr matches, escape sequences left out. */
  async shows(pattern: RegExp): Promise<void> {
    const texts = () => [this.stdout, this.stderr].map((text) => stripVTControlCharacters(text))
    while (!texts().some((text) => pattern.test(text))) {
      await new Promise<void>((resolve) => {
        const heard = () => {
          this.#listeners.delete(heard)
          resolve()
        }
        this.#listeners.add(heard)
      })
    }
  }

  #output(name: 'stdout' | 'stderr'): PassThrough {
    const stream = new PassThrough()
    stream.setEncoding('utf8').on('data', (text: string) => {
      this.#written[name] += text
      for (const listener of [...this.#listeners]) listener()
    })
    return stream
  }
}

/** Runs a command line to its end. */
export async function cli(argv: readonly string[], options: CliOptions) {
  const run = new CliRun(argv, options)
  const exitCode = await run.exit
  return { exitCode, stdout: run.stdout, stderr: run.stderr }
}
