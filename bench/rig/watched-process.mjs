import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const STOP_LIMIT_MS = 20_000
export const PRELOAD = path.join(import.meta.dirname, 'loop-delay.mjs')

/** A Node process of the bench, whose event loop can be measured where `loop-delay.mjs` is loaded. */
export class WatchedProcess {
  /** @readonly */ child
  /** @readonly */ startedAt
  #exit
  #said = ''

  /**
   * @param {string} name for messages
   * @param {readonly string[]} args of Node
   * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
   */
  constructor(name, args, options = {}) {
    this.name = name
    this.startedAt = performance.timeOrigin + performance.now()
    this.child = spawn(process.execPath, [...args], {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#exit = once(this.child, 'exit')
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        this.#said += text
      })
    }
  }

  /** Ms since the process was started. */
  get age() {
    return performance.timeOrigin + performance.now() - this.startedAt
  }

  /**
   * The first line on standard output.
   *
   * @returns {Promise<string>}
   */
  async firstLine() {
    const line = Promise.withResolvers()
    const look = () => {
      const at = this.#said.indexOf('\n')
      if (at >= 0) line.resolve(this.#said.slice(0, at))
    }
    this.child.stdout?.on('data', look)
    look()
    return this.before(line.promise)
  }

  /**
   * The next message for which `pick` gives something.
   *
   * @template T
   * @param {(message: any) => T | undefined} pick
   * @returns {Promise<T>}
   */
  async message(pick) {
    const picked = Promise.withResolvers()
    /** @param {unknown} message */
    const look = (message) => {
      const found = pick(message)
      if (found !== undefined) picked.resolve(found)
    }
    this.child.on('message', look)
    try {
      return await this.before(picked.promise)
    } finally {
      this.child.off('message', look)
    }
  }

  beginMeasurement() {
    this.child.send('begin')
  }

  /** @returns {Promise<import('./loop-delay.mjs').LoopDelay>} */
  async endMeasurement() {
    const answer = this.message((message) => message.loopDelay)
    this.child.send('end')
    return answer
  }

  /**
   * @template T
   * @param {Promise<T>} fact
   * @returns {Promise<T>}
   */
  before(fact) {
    const ended = this.#exit.then(([code, signal]) => {
      throw new Error(`${this.name} ended (${code ?? signal}). It said:\n${this.#said}`)
    })
    return Promise.race([fact, ended])
  }

  async stop() {
    const { child } = this
    if (child.exitCode !== null || child.signalCode !== null) return
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
    child.kill('SIGTERM')
    await this.#exit
    clearTimeout(limit)
  }
}
