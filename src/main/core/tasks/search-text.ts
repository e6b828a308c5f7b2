/** What is searched of the text that a task ended with, in UTF-16 units. */
const SEARCHED_OUTCOME = 2_000

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
export function outcomeOf(result: string | null): string {
  if (result === null) return ''
  try {
    const { output } = JSON.parse(result) as { readonly output?: unknown }
    const text = typeof output === 'string' ? output : (JSON.stringify(output) ?? '')
    return text.slice(0, SEARCHED_OUTCOME)
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
