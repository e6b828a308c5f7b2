/**
 * Quoted text is taken out of a sentence before it is read, so that "and" inside a command does not
 * split it. In its place stands a mark of the private use area with a number, which counts as a word.
 */
export interface Quoted {
  readonly text: string
  /** As it was written, quotes included. */
  readonly raw: string
  readonly kind: 'code' | 'quote'
}

export interface Unquoted {
  readonly text: string
  readonly quotes: readonly Quoted[]
}

const OPEN = '\uE000'
const CLOSE = '\uE001'
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g')

const PATTERNS: readonly { readonly pattern: RegExp; readonly kind: Quoted['kind'] }[] = [
  { pattern: /```(?:[a-z]+(?=\s*\n))?([\s\S]+?)```/g, kind: 'code' },
  { pattern: /``([^`\n]+)``/g, kind: 'code' },
  { pattern: /`([^`\n]+)`/g, kind: 'code' },
  { pattern: /"([^"\n]+)"/g, kind: 'quote' },
  { pattern: /[“„]([^“”„\n]+)[”“]/g, kind: 'quote' },
  { pattern: /「([^」\n]+)」/g, kind: 'quote' },
  { pattern: /«([^»\n]+)»/g, kind: 'quote' },
  // An apostrophe ("don't", "the tests' output") is no quote: it needs room before and after it.
  { pattern: /(?<=^|[\s(:])'([^'\n]+)'(?=$|[\s).,;:!?])/g, kind: 'quote' },
  { pattern: /(?<=^|[\s(:])‘([^‘’\n]+)’(?=$|[\s).,;:!?])/g, kind: 'quote' },
]

export function takeQuotes(sentence: string): Unquoted {
  const quotes: Quoted[] = []
  // A mark that the text itself brings along would stand for nothing.
  let text = sentence.replace(/[\uE000\uE001]/g, ' ')
  for (const { pattern, kind } of PATTERNS) {
    text = text.replace(pattern, (all: string, inner: string) => {
      const line = restoreQuotes(oneLine(inner), quotes)
      const raw = kind === 'code' ? `\`${line}\`` : restoreQuotes(all, quotes)
      quotes.push({ text: line, raw, kind })
      return `${OPEN}${quotes.length - 1}${CLOSE}`
    })
  }
  return { text, quotes }
}

/** Puts quoted text back as it was written. */
export function restoreQuotes(text: string, quotes: readonly Quoted[]): string {
  return text.replace(MARK, (_all, index: string) => quotes[Number(index)]?.raw ?? '')
}

/** Puts quoted text back without its quotes. */
export function plainText(text: string, quotes: readonly Quoted[]): string {
  return text.replace(MARK, (_all, index: string) => quotes[Number(index)]?.text ?? '')
}

/** The quotes inside a piece of text, in order. */
export function quotesIn(text: string, quotes: readonly Quoted[]): Quoted[] {
  return [...text.matchAll(MARK)].flatMap((match) => quotes[Number(match[1])] ?? [])
}

export function isMark(word: string): boolean {
  return word.startsWith(OPEN)
}

export function withoutMarks(text: string): string {
  return text.replace(MARK, ' ')
}

/** Lines of a block are commands of their own: each must succeed for the next to run. */
function oneLine(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' && ')
}
