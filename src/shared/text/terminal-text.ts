/**
 * Text that a task or a model wrote may hold sequences that move the cursor, rename the window,
 * fill the clipboard or turn the reading order around. None of that reaches a terminal.
 */

// Strings that end in BEL or ST (window titles, clipboard, links), then CSI, then short escapes.
const SEQUENCES =
  /\x1b[\]PX^_][^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
/** A sequence that the text may have been cut in the middle of, or a carriage return. */
const UNFINISHED = /(?:\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\x9c\n]{0,4096}\x1b?)?|\r)$/

/** Printable text, line feeds and tabs; a lone carriage return becomes a line feed. */
export function plainText(text: string): string {
  return text
    .replace(SEQUENCES, '')
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(DIRECTION, '')
}

/** JSON with such characters as escapes; `JSON.stringify` leaves those above U+001F as they are. */
export function escapedControls(json: string): string {
  return json.replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** `plainText` in one line, for places where a line break would look like another entry. */
export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim()
}

/** `plainText` for text that arrives in pieces: a sequence cut in two is still recognised. */
export class PlainTextStream {
  #held = ''

  push(text: string): string {
    const all = this.#held + text
    const cut = all.search(UNFINISHED)
    this.#held = cut === -1 ? '' : all.slice(cut)
    return plainText(cut === -1 ? all : all.slice(0, cut))
  }

  /** What was held back at the end of the text. */
  end(): string {
    const rest = plainText(this.#held)
    this.#held = ''
    return rest
  }
}

/** Shortens to at most `width` characters, the last of which then is an ellipsis. */
export function truncate(text: string, width: number): string {
  const characters = Array.from(text)
  if (characters.length <= width) return text
  return `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}
