import { countNewlines } from './file-facts.js'

const NEWLINE = 0x0a

/**
 * Collects a range of lines from the bytes of a file as they are read, and counts the others.
 *
 * Works on bytes and cuts at line feeds, which no other character of UTF-8 contains, so the size of
 * a chunk never shows. A line that does not fit any more is left for the next call, unless it is the
 * first: that one is cut, or nobody could ever get past it.
 */
export class LineSlice {
  readonly #first: number
  readonly #maxLines: number
  #room: number
  readonly #kept: Buffer[] = []
  #line = 1
  #lines = 0
  #firstLineCut = false
  #done = false
  #pending: Buffer[] = []
  #pendingBytes = 0
  #last = NEWLINE

  /** @param first counted from 1 */
  constructor(first: number, maxLines: number, maxBytes: number) {
    this.#first = first
    this.#maxLines = maxLines
    this.#room = maxBytes
  }

  /** Everything that was asked for is here; further chunks are only counted. */
  get done(): boolean {
    return this.#done
  }

  /** Complete lines, or the cut one. */
  get lines(): number {
    return this.#lines
  }

  get firstLineCut(): boolean {
    return this.#firstLineCut
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#kept)
  }

  /** Lines of everything that was added; a last one without a line feed counts. */
  get totalLines(): number {
    return this.#last === NEWLINE ? this.#line - 1 : this.#line
  }

  /** The chunk may be reused by the caller afterwards. */
  add(chunk: Buffer): void {
    for (let start = 0; start < chunk.length; ) {
      if (this.#done) {
        this.#line += countNewlines(chunk.subarray(start))
        break
      }
      const feed = chunk.indexOf(NEWLINE, start)
      const end = feed === -1 ? chunk.length : feed + 1
      if (this.#line >= this.#first) this.#take(chunk.subarray(start, end))
      if (feed !== -1) {
        if (!this.#done) this.#commit()
        this.#line++
      }
      start = end
    }
    this.#last = chunk.at(-1) ?? this.#last
  }

  /** To be called after the last chunk. */
  finish(): void {
    if (!this.#done) this.#commit()
  }

  #take(piece: Buffer): void {
    const fits = this.#pendingBytes + piece.length <= this.#room
    if (fits || this.#lines === 0) {
      const part = fits ? piece : piece.subarray(0, this.#room - this.#pendingBytes)
      this.#pending.push(Buffer.from(part))
      this.#pendingBytes += part.length
    }
    if (fits) return
    this.#firstLineCut = this.#lines === 0
    if (this.#firstLineCut) this.#commit()
    this.#pending = []
    this.#done = true
  }

  #commit(): void {
    if (this.#pendingBytes === 0) return
    this.#kept.push(...this.#pending)
    this.#room -= this.#pendingBytes
    this.#pending = []
    this.#pendingBytes = 0
    this.#lines++
    this.#done = this.#lines === this.#maxLines
  }
}
