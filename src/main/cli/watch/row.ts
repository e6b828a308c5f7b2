import { cutToWidth, displayWidth } from '../display-width.js'
import type { Style, Terminal } from '../terminal.js'

/** A part of a row: printable text in one line, and how it is written. */
export interface Piece {
  readonly text: string
  readonly style?: Style
}

/** Pieces side by side in exactly `width` columns: cut where they are longer, filled up with spaces. */
export function fillRow(pieces: readonly Piece[], width: number, terminal: Terminal): string {
  let left = Math.max(0, width)
  let row = ''
  for (const { text, style } of pieces) {
    const shown = cutToWidth(text, left)
    left -= displayWidth(shown)
    row += style === undefined || shown === '' ? shown : terminal.style(style, shown)
  }
  return row + ' '.repeat(left)
}

export function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + displayWidth(text), 0)
}
