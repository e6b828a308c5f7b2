export const FIRST_BACKOFF_MS = 1000
export const LONGEST_BACKOFF_MS = 5 * 60 * 1000

/**
 * Time before the attempt after `failedAttempts` failures: 1 s, doubling, at most 5 min, with up to a
 * quarter more so that tasks that failed together do not return together.
 * @param random in [0, 1)
 */
export function backoffMs(failedAttempts: number, random: number): number {
  const doubled = FIRST_BACKOFF_MS * 2 ** Math.min(failedAttempts - 1, 30)
  return Math.round(Math.min(doubled, LONGEST_BACKOFF_MS) * (1 + random / 4))
}
