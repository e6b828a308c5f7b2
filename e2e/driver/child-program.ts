import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'

const STOP_LIMIT_MS = 20_000

/** A program that a test runs; what it says is kept for the message of a failure. */
export class ChildProgram {
  readonly name: string
  readonly child: ChildProcess
  readonly #exit: Promise<void>
  #said = ''

  constructor(name: string, file: string, args: readonly string[], options: SpawnOptions) {
    this.name = name
    this.child = spawn(file, [...args], options)
    this.#exit = once(this.child, 'exit').then(() => undefined)
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text
      })
    }
  }

  get pid(): number {
    const { pid } = this.child
    if (pid === undefined) throw this.failure('could not be started')
    return pid
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null
  }

  get exitCode(): number | null {
    return this.child.exitCode
  }

  /** What it wrote so far, both streams together. */
  get said(): string {
    return this.#said
  }

  failure(what: string): Error {
    const { exitCode, signalCode } = this.child
    const end = this.hasEnded ? ` (ended with ${exitCode ?? signalCode})` : ''
    return new Error(`${this.name} ${what}${end}. It said:\n${this.#said}`)
  }

  /** @throws with all that the program said when it ends before */
  async before<T>(what: string, fact: Promise<T>): Promise<T> {
    const ended = this.#exit.then(() => {
      throw this.failure(`ended before ${what}`)
    })
    return Promise.race([fact, ended])
  }

  async kill(): Promise<void> {
    if (!this.hasEnded) this.child.kill('SIGKILL')
    await this.#exit
  }

  /** @throws when it does not end by itself within the limit; it is killed then */
  async end(ask: () => unknown = () => this.child.kill('SIGTERM')): Promise<void> {
    if (this.hasEnded) return
    let late = false
    const limit = setTimeout(() => {
      late = true
      this.child.kill('SIGKILL')
    }, STOP_LIMIT_MS)
    try {
      ask()
      await this.#exit
    } finally {
      clearTimeout(limit)
    }
    if (late) throw this.failure(`did not end within ${STOP_LIMIT_MS} ms of being asked to`)
  }

  async ended(): Promise<void> {
    await this.#exit
  }
}
