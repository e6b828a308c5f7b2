/**
 * Reads one thing from the host, never twice at a time: whatever is asked for meanwhile is read once
 * more afterwards. `read` never rejects.
 */
export class Reader {
  readonly #read: () => Promise<void>
  #reading = false
  #again = false

  constructor(read: () => Promise<void>) {
    this.#read = read
  }

  async ask(): Promise<void> {
    this.#again = true
    if (this.#reading) return
    this.#reading = true
    try {
      while (this.#again) {
        this.#again = false
        await this.#read()
      }
    } finally {
      this.#reading = false
    }
  }
}
