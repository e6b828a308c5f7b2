/** Columns that text takes on a terminal: none for what combines, two for CJK and emoji. */

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

const PRINTABLE_ASCII = /^[ -~]*$/
const WITHOUT_WIDTH = /^[\p{Mark}\p{Control}\p{Format}\p{Default_Ignorable_Code_Point}]+$/u
/** U+FE0F asks for the picture where a character is also text. */
const EMOJI = /^[\p{Emoji_Presentation}\p{Regional_Indicator}]|\ufe0f/u
/** East Asian Width W and F (Unicode annex 11), without the emoji. */
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u

/** Text without escape sequences; what a user perceives as one character is measured as one. */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment)
  return width
}

/** Shortens to at most `width` columns; what was cut ends in an ellipsis. */
export function cutToWidth(text: string, width: number): string {
  if (width < 1) return ''
  let used = 0
  let keptLength = 0
  for (const { segment, index } of graphemes.segment(text)) {
    used += graphemeWidth(segment)
    if (used > width) return `${text.slice(0, keptLength)}…`
    if (used < width) keptLength = index + segment.length
  }
  return text
}

function graphemeWidth(grapheme: string): number {
  if (PRINTABLE_ASCII.test(grapheme)) return grapheme.length
  if (WITHOUT_WIDTH.test(grapheme)) return 0
  return EMOJI.test(grapheme) || WIDE.test(grapheme) ? 2 : 1
}
