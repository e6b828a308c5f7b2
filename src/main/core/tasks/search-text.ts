/** What a list of tasks searches of the text that a task ended with, in UTF-16 units. */
const SEARCHED_OUTCOME = 2_000
/** What the history searches of it; of a log from either end; and of a message. More would make a commit wait for the index. */
export const INDEXED_OUTCOME = 8_000
export const INDEXED_LOG_END = 4_000
export const INDEXED_MESSAGE = 16_000

/** A query below this length, in characters, has no trigram. */
export const TRIGRAM = 3

/**
 * The form in which texts and queries are compared: any case, and nothing that SQLite takes for the
 * end of a text or cannot store.
 */
export function fold(text: string): string {
  // A sigma is written differently at the end of a word, which part of a word does not know of.
  return text.toWellFormed().toLowerCase().replaceAll('ς', 'σ').replaceAll('\0', '\uFFFD')
}

/** The beginning of the text in a stored result; nothing of one that cannot be read. */
export function outcomeOf(result: string | null, length = SEARCHED_OUTCOME): string {
  if (result === null) return ''
  try {
    const { output } = JSON.parse(result) as { readonly output?: unknown }
    const text = typeof output === 'string' ? output : (JSON.stringify(output) ?? '')
    return text.slice(0, length)
  } catch {
    return ''
  }
}

/** Every three characters in a row, each once. */
export function trigramsOf(folded: string): string[] {
  const characters = [...folded]
  const found = new Set<string>()
  for (let end = TRIGRAM; end <= characters.length; end++) {
    found.add(characters.slice(end - TRIGRAM, end).join(''))
  }
  return [...found]
}

/** Private to the index: it stands before every pair of ideographs, which makes a trigram of them. */
const PAIR = '\uE000'
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,}/gu

/**
 * A text as the index is given it. Words of Chinese, Japanese and Korean mostly have two characters, of which there is no
 * trigram: each pair is put in once more, behind a mark.
 */
export function indexedText(text: string): string {
  const folded = fold(text)
  const pairs = new Set<string>()
  for (const [run] of folded.matchAll(IDEOGRAPHS)) {
    const characters = [...run]
    for (let end = 2; end <= characters.length; end++) {
      pairs.add(PAIR + characters.slice(end - 2, end).join(''))
    }
  }
  return pairs.size === 0 ? folded : `${folded}\n${[...pairs].join('')}`
}

/** What the index is asked for a folded query; nothing where it cannot help. */
export function indexedForm(needle: string): string | null {
  if ([...needle].length >= TRIGRAM) return needle
  const [pair] = needle.match(IDEOGRAPHS) ?? []
  return pair === needle ? PAIR + needle : null
}
