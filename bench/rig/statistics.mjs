/**
 * @typedef {{ p50: number, p99: number, max: number, count: number }} Summary in the unit of the samples
 */

/** @param {readonly number[]} values */
export function sorted(values) {
  return [...values].sort((a, b) => a - b)
}

/**
 * Nearest rank: always a value that was measured.
 *
 * @param {readonly number[]} ascending
 * @param {number} percent
 */
export function percentile(ascending, percent) {
  const rank = Math.ceil((percent / 100) * ascending.length)
  return ascending[Math.max(0, rank - 1)] ?? Number.NaN
}

/**
 * @param {readonly number[]} values
 * @returns {Summary}
 */
export function summarize(values) {
  const ascending = sorted(values)
  return {
    p50: percentile(ascending, 50),
    p99: percentile(ascending, 99),
    max: ascending.at(-1) ?? Number.NaN,
    count: ascending.length,
  }
}

/** @param {readonly number[]} values */
export function median(values) {
  const ascending = sorted(values)
  const middle = ascending.length >> 1
  const upper = ascending[middle] ?? Number.NaN
  return ascending.length % 2 === 1 ? upper : ((ascending[middle - 1] ?? upper) + upper) / 2
}

/**
 * The median of each figure over several runs.
 *
 * @param {readonly Readonly<Record<string, number>>[]} runs
 * @returns {Record<string, number>}
 */
export function medians(runs) {
  const names = Object.keys(runs[0] ?? {})
  return Object.fromEntries(
    names.map((name) => [name, median(runs.map((run) => run[name] ?? Number.NaN))]),
  )
}

/**
 * What something that comes at a random moment waits for a loop whose rounds take these times. A histogram counts one
 * round of a second like one of a millisecond; who waits meets the long one a thousand times as often.
 *
 * @param {readonly number[]} rounds
 * @param {number} percent
 */
export function arrivalWait(rounds, percent) {
  const total = rounds.reduce((sum, length) => sum + length, 0)
  const allowed = total * (1 - percent / 100)
  let low = 0
  let high = Math.max(...rounds)
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2
    const beyond = rounds.reduce((sum, length) => sum + Math.max(0, length - middle), 0)
    if (beyond > allowed) low = middle
    else high = middle
  }
  return high
}
