import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import type { Logger } from '../ports.js'

/**
 * Work outside of any run, on worktrees and on the person's repositories: one after another for each
 * repository, ended with the core.
 */
export class Jobs {
  readonly #logger: Logger
  readonly #ending = new AbortController()
  readonly #looks = new Set<Promise<unknown>>()
  readonly #last = new Map<string, Promise<unknown>>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  get signal(): AbortSignal {
    return this.#ending.signal
  }

  /** @throws what `work` throws; `cancelled` when the core is ending */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve()
    const mine = before.then(() => {
      if (this.signal.aborted) throw new AppError('cancelled', 'the host is ending')
      return work()
    })
    const settled = mine.then(
      () => undefined,
      () => undefined,
    )
    this.#last.set(key, settled)
    void settled.then(() => {
      if (this.#last.get(key) === settled) this.#last.delete(key)
    })
    return mine
  }

  /** For looks, which need no order. @throws what `work` throws */
  async own<T>(work: () => Promise<T>): Promise<T> {
    if (this.signal.aborted) throw new AppError('cancelled', 'the host is ending')
    const mine = work()
    this.#looks.add(mine)
    try {
      return await mine
    } finally {
      this.#looks.delete(mine)
    }
  }

  /** For work that nobody waits for: what goes wrong is logged, and done again at the next start. */
  begin(key: string, what: string, work: () => Promise<unknown>): void {
    this.run(key, work).catch((error: unknown) => {
      if (this.signal.aborted) return
      this.#logger.error({ error: messageOf(error), key }, `${what} went wrong`)
    })
  }

  /** Resolves when everything that was begun for this repository has ended. */
  async idle(key: string): Promise<void> {
    await this.#last.get(key)
  }

  async allIdle(): Promise<void> {
    while (this.#last.size + this.#looks.size > 0) {
      await Promise.allSettled([...this.#last.values(), ...this.#looks])
    }
  }

  stop(): Promise<void> {
    this.#ending.abort('shutdown')
    return this.allIdle()
  }
}
