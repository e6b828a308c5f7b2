import type { Meaning, Place } from './intent.js'
import { placeIn, tidyPath } from './places.js'
import { isMark, plainText, type Quoted, quotesIn } from './quotes.js'
import { isStopWord, isWholeWorkspace } from './vocabulary.js'

const LEAD =
  /^(?:(?:for|after|up|out|through|me|all|every|any|each|the|a|an)\s+)*(?:(?:uses?|usages?|occurrences?|references?|mentions?|instances?|callers?|calls?|places?|lines?|files?|matches)\s+(?:(?:that|which|where|with|containing|contain|mention(?:ing)?|using|use|of|to|for|matching)\s+)+)?(?:(?:the\s+)?(?:word|words|text|string|phrase|term|name|identifier|symbol|function|class|variable|pattern)\s+)?/i
const TAIL =
  /\s+(?:is|are|was|were|gets?)\s+(?:used|called|defined|declared|imported|mentioned|set|referenced|implemented)\s*$/i
const WHERE = /^where\s+(?:do|does|is|are|we|i)?\s*/i

/**
 * What to search for and where: "for createCore in src", "src for TODO", "where foo is used".
 * A quote is taken as it is.
 */
export function searchIn(rest: string, quotes: readonly Quoted[]): Meaning {
  const quoted = quotesIn(rest, quotes)
  const first = quoted[0]
  if (first !== undefined) {
    const around = rest.split(/[\uE000-\uE001]\d*[\uE000-\uE001]?/).join(' ')
    const second = quoted[1]
    const place =
      second === undefined ? placeIn(aroundPlace(around), quotes) : certain(tidyPath(second.text))
    return { kind: 'search', query: first.text, place }
  }
  const placed =
    /^(?:(?:in|through|inside)\s+)?(?:(?:the|my|our)\s+)?(\S+)\s+(?:for|after)\s+(.+)$/i.exec(rest)
  if (placed?.[1] !== undefined && placed[2] !== undefined && !/^for$/i.test(placed[1])) {
    const query = cleanQuery(placed[2], quotes)
    const place = isWholeWorkspace(placed[1]) ? null : soft(placed[1])
    if (!/^(?:all|any|the|files?|code)$/i.test(placed[1])) return { kind: 'search', query, place }
    return { kind: 'search', query, place: null }
  }
  const scoped = /^(.+?)\s+(?:in|inside|under|within|below)\s+(.+)$/i.exec(rest)
  if (scoped?.[1] !== undefined && scoped[2] !== undefined) {
    const place = placeIn(scoped[2], quotes)
    const rest2 = scoped[2].split(/\s+/)
    const wholeWorkspace = rest2.every((word) => isStopWord(word) || isWholeWorkspace(word))
    if (
      wholeWorkspace ||
      (place !== null && rest2.filter((word) => !isStopWord(word)).length === 1)
    ) {
      return { kind: 'search', query: cleanQuery(scoped[1], quotes), place }
    }
  }
  return { kind: 'search', query: cleanQuery(rest, quotes), place: null }
}

/** Only what follows a preposition names a place beside a quoted query. */
function aroundPlace(around: string): string {
  return /\b(?:in|inside|under|within|below)\s+(.+)$/i.exec(around)?.[0] ?? ''
}

function cleanQuery(text: string, quotes: readonly Quoted[]): string {
  const cleaned = text.replace(WHERE, '').replace(LEAD, '').replace(TAIL, '').trim()
  return plainText(cleaned === '' ? text : cleaned, quotes).trim()
}

function certain(path: string): Place {
  return { path, certain: true }
}

function soft(word: string): Place {
  return { path: tidyPath(word), certain: /[\\/.]/.test(word) || isMark(word) }
}

const BETWEEN = /^(?:between\s+)?(.+?)\s+(?:and|with|to|against|vs\.?|versus|from)\s+(.+)$/i

/** The two sides of "compare A and B"; null when there are not two. */
export function sidesIn(rest: string, quotes: readonly Quoted[]): Meaning | null {
  const match = BETWEEN.exec(rest)
  const left = side(match?.[1] ?? '', quotes)
  const right = side(match?.[2] ?? '', quotes)
  if (left === '' || right === '') return null
  return { kind: 'compare', left, right }
}

function side(text: string, quotes: readonly Quoted[]): string {
  if (quotesIn(text, quotes).length > 0) return plainText(text, quotes).trim()
  return plainText(text, quotes)
    .replace(/^(?:(?:the|files?|folders?|director(?:y|ies))\s+)+/i, '')
    .replace(/\s+(?:folder|directory|file|director(?:ies)|folders|files)$/i, '')
    .trim()
}
