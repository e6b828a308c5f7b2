import type { Mention } from '../../../../shared/model/chat.js'
import { mentionsIn } from '../../../../shared/model/mention-text.js'

export interface TextPiece {
  readonly text: string
  /** What the text points at; null of running text. */
  readonly mention: Mention | null
}

/** A message in pieces: running text, and what it points at where the host found that. */
export function piecesOf(text: string, mentions: readonly Mention[]): readonly TextPiece[] {
  if (mentions.length === 0) return [{ text, mention: null }]
  const pieces: TextPiece[] = []
  let from = 0
  for (const { token, at } of mentionsIn(text)) {
    const mention = mentions.find((each) => each.token === token)
    if (mention === undefined) continue
    if (at > from) pieces.push({ text: text.slice(from, at), mention: null })
    pieces.push({ text: token, mention })
    from = at + token.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), mention: null })
  return pieces
}

/** As much of a text as is shown at first, cut at the end of a line or a word. */
export function beginningOf(text: string, characters: number, lines = Infinity): string {
  let end = Math.min(text.length, characters)
  let at = -1
  for (let line = 0; line < lines; line++) {
    at = text.indexOf('\n', at + 1)
    if (at === -1 || at > end) break
    if (line === lines - 1) end = at
  }
  if (end >= text.length) return text
  const near = Math.max(text.lastIndexOf('\n', end), text.lastIndexOf(' ', end))
  if (near > Math.max(0, end - 200)) return text.slice(0, near)
  const cut = text.slice(0, end)
  // A cut in the middle of a character of two units would leave half of it.
  return cut.isWellFormed() ? cut : text.slice(0, end - 1)
}
