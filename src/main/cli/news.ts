/** Remembers that something happened until somebody asks. */
export class News {
  #told = false
  #stopped: Error | null = null
  #wake: () => void = () => undefined

  /** Whether something happened that nobody has heard of yet. */
  get isFresh(): boolean {
    return this.#told
  }

  tell(): void {
    this.#told = true
    this.#wake()
  }

  /** There will be no more: who waits gets `reason`. */
  stop(reason: Error): void {
    this.#stopped = reason
    this.#wake()
  }

  async heard(signal: AbortSignal): Promise<void> {
    const abort = () => this.#wake()
    signal.addEventListener('abort', abort, { once: true })
    try {
      while (!this.#told) {
        signal.throwIfAborted()
        if (this.#stopped !== null) throw this.#stopped
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
      this.#told = false
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
}
