/** Letters of scripts that run from right to left, and marks that turn round what follows. */
const CHANGES_DIRECTION =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const ISOLATING = /[\u2066-\u2069]/g
const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

/**
 * A name or text that is not ours as a part of a sentence or row: whatever is in it, what stands beside it keeps its
 * place and direction. To where it stands alone, in an element of its own, `dir="auto"` does the same.
 */
export function isolated(text: string): string {
  if (!CHANGES_DIRECTION.test(text)) return text
  // An end without a beginning would end the isolation, a beginning without an end would take ours.
  let open = 0
  const paired = text.replaceAll(ISOLATING, (mark) => {
    if (mark === POP_ISOLATE && open === 0) return ''
    open += mark === POP_ISOLATE ? -1 : 1
    return mark
  })
  return `${FIRST_STRONG_ISOLATE}${paired}${POP_ISOLATE.repeat(open + 1)}`
}
