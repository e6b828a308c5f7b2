/** How well a word is found in a text. */
const WHOLE = 1
const BEGINNING = 0.95
const WORD_START = 0.85
const WITHIN = 0.6
const SCATTERED = 0.35

/** From 0 (not there) to 1. Every word of the query must be found, in any order; case and accents do not matter. */
export function fuzzyScore(query: string, text: string): number {
  const words = plain(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return 0
  const hay = plain(text)
  let sum = 0
  for (const word of words) {
    const score = wordScore(word, hay)
    if (score === 0) return 0
    sum += score
  }
  // Of two that fit alike the shorter is more likely meant.
  return (sum / words.length) * (0.9 + 0.1 / (1 + hay.length / 40))
}

function wordScore(word: string, hay: string): number {
  if (hay === word) return WHOLE
  if (hay.startsWith(word)) return BEGINNING
  const at = hay.indexOf(word)
  if (at > 0) return isStart(hay, at) || hay.includes(` ${word}`) ? WORD_START : WITHIN
  return word.length >= 2 && isScattered(word, hay) ? SCATTERED : 0
}

/** Its letters in their order, each at the start of a word or right after the one before: `sht` in "show the tasks". */
function isScattered(word: string, hay: string): boolean {
  let from = 0
  let last = -1
  for (const letter of word) {
    let at = hay.indexOf(letter, from)
    while (at !== -1 && at !== last + 1 && !isStart(hay, at)) at = hay.indexOf(letter, at + 1)
    if (at === -1) return false
    last = at
    from = at + 1
  }
  return true
}

function isStart(hay: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(hay[at - 1] ?? '')
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
