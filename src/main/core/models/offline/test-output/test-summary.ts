export interface TestSummary {
  readonly runner: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Names of failing tests as the runner printed them, without repeats. */
  readonly failures: readonly string[]
}

/** Reads one runner's output; null when it is not there. */
export type SummaryReader = (output: string) => TestSummary | null

/** The number before a word: `counted('3 failed | 10 passed', /passed/)` is 10. 0 when absent. */
export function counted(text: string, word: string): number {
  return Number(new RegExp(`(\\d+)\\s+(?:${word})\\b`).exec(text)?.[1] ?? 0)
}

/** The first group of every match, without repeats, in order. */
export function allMatches(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => (match[1] ?? '').trim()))].filter(
    (name) => name !== '',
  )
}

export function lastMatch(text: string, pattern: RegExp): RegExpExecArray | null {
  let last: RegExpExecArray | null = null
  for (const match of text.matchAll(pattern)) last = match
  return last
}
