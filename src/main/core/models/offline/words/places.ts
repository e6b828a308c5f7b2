import type { Place, SizeLimit } from './intent.js'
import { isMark, type Quoted, quotesIn } from './quotes.js'
import { isStopWord } from './vocabulary.js'

const PREPOSITION = /^(?:in|inside|under|within|of|at|below|from|on|into|through)$/i
const FOLDER_NOUN = /^(?:folder|directory|dir|subfolder|package|module|file)$/i

/**
 * The file or folder that a clause speaks of. A quote, a slash or a file ending makes it certain; a
 * plain word after "in" or right after the verb may be one, and the workspace decides.
 */
export function placeIn(text: string, quotes: readonly Quoted[]): Place | null {
  const quote = quotesIn(text, quotes).find(({ text: inner }) => looksLikePath(inner))
  if (quote !== undefined) return { path: tidyPath(quote.text), certain: true }
  const words = text.split(/\s+/).map((word) => word.replace(/^[("]+|[)",;:!?]+$/g, ''))
  const path = words.find((word) => !isMark(word) && looksLikePath(word))
  if (path !== undefined) return { path: tidyPath(path), certain: true }
  return softPlace(words)
}

function softPlace(words: readonly string[]): Place | null {
  for (const [index, word] of words.entries()) {
    if (!isCandidate(word)) {
      if (!isFolderLikeWord(words, index)) continue
      return { path: word, certain: false }
    }
    const next = words[index + 1] ?? ''
    if (FOLDER_NOUN.test(next)) return { path: word, certain: true }
    let before = index - 1
    while (/^(?:the|my|our|folder|directory|dir)$/i.test(words[before] ?? '')) before -= 1
    if (PREPOSITION.test(words[before] ?? '')) return { path: word, certain: false }
    if (before < 0) return { path: word, certain: false }
  }
  return null
}

/** "survey test for TODOs", "imports in tests": a word of the trade that stands where a folder does. */
function isFolderLikeWord(words: readonly string[], index: number): boolean {
  if (!/^(?:tests?|imports?|history|log|modules|files)$/i.test(words[index] ?? '')) return false
  const next = words[index + 1]
  if (index === 0) return next === 'for' || (next === undefined && words[index] === 'test')
  return next === undefined && /^(?:in|inside|under|within)$/i.test(words[index - 1] ?? '')
}

function isCandidate(word: string): boolean {
  return (
    /^[\p{L}\p{N}_.@][\p{L}\p{N}_.@-]*$/u.test(word) && !isStopWord(word) && !/^\d+$/.test(word)
  )
}

/** `src/main`, `./lib`, `README.md`, `.github`: but not `e.g.` or `1.5`. */
export function looksLikePath(word: string): boolean {
  if (/\s/.test(word) || /^[a-z][a-z+.-]*:\/\//i.test(word)) return false
  if (/[\\/]/.test(word)) return /[\p{L}\p{N}.]/u.test(word) && !/^(?:and\/or|w\/)$/i.test(word)
  return (
    /^[\p{L}\p{N}_.@-]*[\p{L}\p{N}_-]\.[a-z][a-z0-9]{0,9}$/iu.test(word) ||
    /^\.[a-z][\w-]+$/i.test(word)
  )
}

export function tidyPath(path: string): string {
  const tidy = path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '')
  return tidy === '' ? '.' : tidy
}

const LIMIT =
  /\b(?:over|above|larger than|bigger than|longer than|more than|exceeding|at least|>=?)\s*([\d.,]+)\s*(lines?|loc|bytes?|b|kb|kib|k|mb|mib)\b/i

/** "files over 500 lines", "larger than 100 KB". */
export function sizeLimitIn(text: string): SizeLimit | null {
  const match = LIMIT.exec(text)
  if (match === null) return null
  const value = Number((match[1] ?? '').replaceAll(',', ''))
  if (!Number.isFinite(value) || value <= 0) return null
  const unit = (match[2] ?? '').toLowerCase()
  if (unit.startsWith('line') || unit === 'loc') return { unit: 'lines', value }
  const factor = unit.startsWith('m') ? 1024 * 1024 : unit.startsWith('k') ? 1024 : 1
  return { unit: 'bytes', value: value * factor }
}

const TOP =
  /\b(?:top|the|first)\s+(\d{1,3})\s+(?:largest|biggest|longest|files)\b|\btop\s+(\d{1,3})\b|\b(\d{1,3})\s+(?:largest|biggest|longest)\b/i

/** "the 5 largest files", "top 10". */
export function topIn(text: string): number | null {
  const match = TOP.exec(text)
  if (match === null) return null
  const value = Number(match[1] ?? match[2] ?? match[3])
  return value >= 1 && value <= 100 ? value : null
}
