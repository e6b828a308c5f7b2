export interface EstimateInput {
  /** 0 to 100. */
  readonly progress: number
  /** Running time so far, ms. */
  readonly elapsedMs: number
  /** What the submitter expects, seconds. */
  readonly estimatedDurationS: number | null
  /** Mean of earlier tasks of the kind, seconds. */
  readonly usualDurationS: number | null
}

/**
 * Seconds that a running task probably still needs; null when nothing speaks for any figure. Its own
 * pace counts once it is a tenth through; before, what the submitter or the history of the kind says.
 */
export function remainingSeconds(input: EstimateInput): number | null {
  const elapsedS = input.elapsedMs / 1000
  if (input.progress >= 10 && elapsedS >= 1) {
    return Math.max(1, Math.round((elapsedS * (100 - input.progress)) / input.progress))
  }
  const expected = input.estimatedDurationS ?? input.usualDurationS
  // A task that has outlived its expectation gives no ground for another figure.
  if (expected === null || elapsedS >= expected) return null
  return Math.max(1, Math.round(expected - elapsedS))
}
