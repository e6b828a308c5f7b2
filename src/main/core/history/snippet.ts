import type { Snippet } from '../../../shared/model/history.js'
import { fold } from '../tasks/search-text.js'

/** UTF-16 units of a snippet, and of it before the first place that fits. */
const LENGTH = 200
const BEFORE = 60
const MOST_RANGES = 20

/** The part of a text around the first place that has the folded query; null where none has. */
export function snippetOf(text: string, needle: string): Snippet | null {
  const first = rangesIn(text, needle, 1)[0]
  if (first === undefined) return null
  const start = boundary(text, Math.max(0, first[0] - BEFORE))
  const end = boundary(
    text,
    Math.min(text.length, Math.max(start + LENGTH, Math.min(first[1], first[0] + LENGTH))),
  )
  const part = text.slice(start, end)
  const ranges = rangesIn(part, needle, MOST_RANGES)
  // A query that is longer than the snippet: what is seen of it.
  const shown = ranges.length > 0 ? ranges : [[first[0] - start, part.length] as [number, number]]
  return { text: part, ranges: shown, cutBefore: start > 0, cutAfter: end < text.length }
}

/** The beginning of a text. */
export function beginningOf(text: string, length = LENGTH): string {
  return text.slice(0, boundary(text, Math.min(length, text.length)))
}

/** Where in a text the folded query stands. */
function rangesIn(text: string, needle: string, most: number): [number, number][] {
  if (needle === '') return []
  const folded = fold(text)
  // Folding hardly ever changes a length; where it does, each character is asked.
  const origins = folded.length === text.length ? null : originsOf(text)
  const ranges: [number, number][] = []
  let at = folded.indexOf(needle)
  while (at >= 0 && ranges.length < most) {
    const end = at + needle.length
    ranges.push(origins === null ? [at, end] : [origins[at] ?? 0, origins[end] ?? text.length])
    at = folded.indexOf(needle, end)
  }
  return ranges
}

/** For each unit of the folded text, where its character begins in the text. */
function originsOf(text: string): number[] {
  const origins: number[] = []
  let at = 0
  for (const character of text) {
    for (let unit = 0; unit < fold(character).length; unit++) origins.push(at)
    at += character.length
  }
  origins.push(at)
  return origins
}

/** Not between the halves of a character. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
