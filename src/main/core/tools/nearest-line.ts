const MAX_LINES = 20_000
const MAX_LINE_CHARS = 400
/** Below this two lines have no more in common than any two lines of code have. */
const MIN_LIKENESS = 0.5

export interface NearestLine {
  /** Counted from 1. */
  readonly line: number
  readonly text: string
}

/** The line of a text that is most like the first telling line of a wanted one; null when none is. */
export function findNearestLine(text: string, wanted: string): NearestLine | null {
  const target = wanted
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '')
  if (target === undefined) return null
  const targetPairs = pairsOf(target)
  let nearest: NearestLine | null = null
  let best = MIN_LIKENESS
  for (const [index, line] of text.split('\n', MAX_LINES).entries()) {
    const trimmed = line.trim()
    const likeness = trimmed === target ? 1 : likenessOf(targetPairs, pairsOf(trimmed))
    if (likeness > best) {
      best = likeness
      nearest = { line: index + 1, text: line.replace(/\r$/, '') }
    }
  }
  return nearest
}

/** Dice's coefficient over pairs of neighbouring characters: 0 for nothing in common, 1 for all. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let common = 0
  for (const pair of a) if (b.has(pair)) common++
  return (2 * common) / (a.size + b.size)
}

function pairsOf(line: string): ReadonlySet<string> {
  const pairs = new Set<string>()
  const end = Math.min(line.length, MAX_LINE_CHARS) - 1
  for (let at = 0; at < end; at++) pairs.add(line.slice(at, at + 2))
  return pairs
}
