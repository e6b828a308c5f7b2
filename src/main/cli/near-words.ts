/** Words that a mistyped one may have meant, nearest first, at most three. */
export function nearWords(word: string, words: Iterable<string>): string[] {
  const typed = word.toLowerCase()
  const most = Math.max(1, Math.floor(typed.length * 0.4))
  return [...words]
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** `(Did you mean start?)`, as the parser says it; empty where nothing is near. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const near = nearWords(word, words)
  if (near.length === 0) return ''
  return near.length === 1
    ? ` (Did you mean ${near[0]}?)`
    : ` (Did you mean one of ${near.join(', ')}?)`
}

/** Letters that must be put in, left out, replaced, or swapped with their neighbour. */
function editDistance(from: string, to: string): number {
  let before: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let least = Math.min(
        at(previous, column - 1) + (same ? 0 : 1),
        at(previous, column) + 1,
        at(current, column - 1) + 1,
      )
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (row > 1 && column > 1 && isSwap) least = Math.min(least, at(before, column - 2) + 1)
      current.push(least)
    }
    before = previous
    previous = current
  }
  return at(previous, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
