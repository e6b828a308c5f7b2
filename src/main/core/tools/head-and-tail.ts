import { joinCut, wholeCharacters } from './text-limits.js'

/** Keeps the beginning and the end of a stream of text, whatever its length, in bounded memory. */
export class HeadAndTail {
  readonly #maxHead: number
  readonly #maxTail: number
  readonly #head: Buffer[] = []
  #headBytes = 0
  #tail: Buffer[] = []
  #tailBytes = 0
  #totalBytes = 0

  /** @param maxBytes of UTF-8 that are kept, half of them from each end */
  constructor(maxBytes: number) {
    this.#maxHead = Math.floor(maxBytes / 2)
    this.#maxTail = maxBytes - this.#maxHead
  }

  get totalBytes(): number {
    return this.#totalBytes
  }

  add(text: string): void {
    const bytes = Buffer.from(text, 'utf8')
    this.#totalBytes += bytes.length
    const forHead = bytes.subarray(0, this.#maxHead - this.#headBytes)
    if (forHead.length > 0) {
      this.#head.push(forHead)
      this.#headBytes += forHead.length
    }
    const forTail = bytes.subarray(forHead.length)
    if (forTail.length === 0) return
    this.#tail.push(forTail)
    this.#tailBytes += forTail.length
    // Trimmed only now and then, so that many small pieces cost no copying each.
    if (this.#tailBytes > this.#maxTail * 4) this.#trim()
  }

  /** Everything while it fits; else both ends and how many bytes are left out between them. */
  text(): string {
    this.#trim()
    const head = Buffer.concat(this.#head)
    const tail = Buffer.concat(this.#tail)
    if (head.length + tail.length === this.#totalBytes) {
      return Buffer.concat([head, tail]).toString('utf8')
    }
    const wholeHead = wholeCharacters(head)
    const wholeTail = wholeCharacters(tail)
    return joinCut(wholeHead, this.#totalBytes - wholeHead.length - wholeTail.length, wholeTail)
  }

  #trim(): void {
    if (this.#tailBytes <= this.#maxTail) return
    const all = Buffer.concat(this.#tail)
    // A copy, so that the rest of the memory can go.
    const kept = Buffer.from(all.subarray(all.length - this.#maxTail))
    this.#tail = [kept]
    this.#tailBytes = kept.length
  }
}
