/** `{{name}}`; what stands between the braces is checked when the file is read. */
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g

/** Names in the order in which they stand, as often as they do. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
}

/** A value is put in once: a placeholder within it stays what it is. */
export function fillIn(text: string, inputValue: (name: string) => string): string {
  return text.replaceAll(PLACEHOLDER, (_all, name: string) => inputValue(name))
}

/** The value as one word of /bin/sh, whatever is in it. */
export function shellWord(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`
}

/** Marks in which quotes mean something else, or in which a line is read a second time. */
const READ_TWICE = /`|\$\{|\$'|\$"|<<|\beval\b|\bsh\s+-c\b/

/**
 * Why a value cannot be put in quotes at the places of `names` in a line of shell; null when it can.
 * Quotes within quotes would end those around them.
 */
export function shellProblem(line: string, isQuoted: (name: string) => boolean): string | null {
  const places = [...line.matchAll(PLACEHOLDER)].filter(([, name = '']) => isQuoted(name))
  const [first] = places
  if (first === undefined) return null
  if (READ_TWICE.test(line)) {
    return `${first[0]} cannot stand in a line with backticks, \${…}, $'…', <<, eval or sh -c`
  }
  for (const place of places) {
    if (isInQuotes(line.slice(0, place.index))) {
      return `${place[0]} must stand outside of quotes and comments: its value is put in quotes`
    }
  }
  return null
}

/** Whole words, escaped characters and quoted texts; what is left begins a quote, an escape or a comment. */
const CLOSED = /^(?:[^\\'"#]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")*/

/** Whether what follows is quoted, escaped or a comment. */
function isInQuotes(before: string): boolean {
  return CLOSED.exec(before)?.[0] !== before
}
