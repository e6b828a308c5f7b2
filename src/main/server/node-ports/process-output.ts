import { StringDecoder } from 'node:string_decoder'

type StreamName = 'stdout' | 'stderr'

export interface OutputOptions {
  /** Bytes of both streams together. */
  readonly maxBytes: number
  readonly onText: (text: string, stream: StreamName) => void
  /** Called once, when the first byte beyond the limit arrives. */
  readonly onLimit: () => void
}

/** Turns the bytes of a child into text without ever splitting a character. */
export class ProcessOutput {
  readonly #options: OutputOptions
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }
  #bytes = 0
  #full = false

  constructor(options: OutputOptions) {
    this.#options = options
  }

  write(stream: StreamName, chunk: Buffer): void {
    if (this.#full) return
    const room = this.#options.maxBytes - this.#bytes
    this.#bytes += Math.min(chunk.length, room)
    if (chunk.length > room) this.#full = true
    this.#emit(stream, this.#decoders[stream].write(chunk.subarray(0, room)))
    if (this.#full) this.#options.onLimit()
  }

  /** A character that was begun and never finished comes out as U+FFFD, unless the limit cut it. */
  end(): void {
    if (this.#full) return
    this.#full = true
    this.#emit('stdout', this.#decoders.stdout.end())
    this.#emit('stderr', this.#decoders.stderr.end())
  }

  #emit(stream: StreamName, text: string): void {
    if (text !== '') this.#options.onText(text, stream)
  }
}
