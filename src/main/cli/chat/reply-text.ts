/**
 * What of one reply has been shown. Pieces name the place where they belong, since a reply may be
 * heard twice (after a new connection) or begin again (after the provider broke off).
 */
export class ReplyText {
  #shown = ''

  /** What of a piece has to be shown now; after a gap nothing is, until the whole text is known. */
  add(offset: number, text: string): string {
    if (offset > this.#shown.length) return ''
    return this.#continueWith(this.#shown.slice(0, offset) + text)
  }

  /** The same for the whole text, at its end. */
  complete(text: string): string {
    return this.#continueWith(text)
  }

  #continueWith(text: string): string {
    if (this.#shown.startsWith(text)) return ''
    const isContinued = text.startsWith(this.#shown)
    const piece = isContinued
      ? text.slice(this.#shown.length)
      : `\n…\n${text.slice(common(text, this.#shown))}`
    this.#shown = text
    return piece
  }
}

/** Where two texts begin to differ. */
function common(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}
