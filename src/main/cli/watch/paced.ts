/**
 * Runs something soon after each request, never more often than every `periodMs` and never twice at
 * once: requests in between are one. Idle until the first request; `stop` ends it for good.
 */
export class Paced {
  readonly #action: () => void | Promise<void>
  readonly #periodMs: number
  #lastMs = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null
  #running = false
  #again = false
  #stopped = false

  constructor(periodMs: number, action: () => void | Promise<void>) {
    this.#periodMs = periodMs
    this.#action = action
  }

  request(): void {
    if (this.#stopped || this.#timer !== null) return
    if (this.#running) {
      this.#again = true
      return
    }
    const waitMs = this.#lastMs + this.#periodMs - performance.now()
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, waitMs))
  }

  stop(): void {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  async #run(): Promise<void> {
    this.#timer = null
    this.#lastMs = performance.now()
    this.#running = true
    try {
      await this.#action()
    } finally {
      this.#running = false
      if (this.#again) {
        this.#again = false
        this.request()
      }
    }
  }
}
