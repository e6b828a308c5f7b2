import type { EstimatedRange } from '../../../shared/model/task.js'

export interface EstimateInput {
  /** 0 to 100. */
  readonly progress: number
  /** Steps of its plan that are done. */
  readonly stepsDone: number
  /** Running time so far, ms. */
  readonly elapsedMs: number
  /** What the submitter expects, seconds. */
  readonly estimatedDurationS: number | null
  /** What earlier tasks of the kind took, ms. */
  readonly pastRuns: readonly { readonly runningMs: number }[]
}

/** Seconds that a running task probably still needs. */
export interface Estimate {
  readonly remainingS: number
  readonly range: EstimatedRange
}

/**
 * Null when nothing speaks for any figure. A task's own pace counts once it is a tenth through; before,
 * what the submitter or the history of the kind says. The range narrows with the number of things that were
 * measured (finished steps, past runs) and with nothing else. Pure.
 */
export function estimate(input: EstimateInput): Estimate | null {
  const { progress, elapsedMs, estimatedDurationS, pastRuns } = input
  const elapsedS = elapsedMs / 1000
  if (progress >= 10 && elapsedS >= 1) {
    const remainingS = (elapsedS * (100 - progress)) / progress
    const factor = doubt(input.stepsDone)
    const range = { low: seconds(remainingS / factor), high: seconds(remainingS * factor) }
    return { remainingS: seconds(remainingS), range }
  }
  if (estimatedDurationS !== null) {
    return rest(elapsedS, estimatedDurationS, estimatedDurationS, estimatedDurationS, doubt(1))
  }
  if (pastRuns.length === 0) return null
  const durationsS = pastRuns.map(({ runningMs }) => runningMs / 1000).sort((a, b) => a - b)
  const mean = durationsS.reduce((sum, seconds) => sum + seconds, 0) / durationsS.length
  const [low, high] = [quantile(durationsS, 0.1), quantile(durationsS, 0.9)]
  return rest(elapsedS, mean, low, high, doubt(durationsS.length))
}

/** A factor above 1: twice or half after one measurement, ever less after more. */
function doubt(measurements: number): number {
  return 1 + 1 / Math.sqrt(Math.max(1, measurements))
}

/** A task that has outlived its expectation gives no ground for another figure. */
function rest(
  elapsedS: number,
  expectedS: number,
  lowS: number,
  highS: number,
  factor: number,
): Estimate | null {
  if (elapsedS >= expectedS) return null
  const range = { low: seconds(lowS / factor - elapsedS), high: seconds(highS * factor - elapsedS) }
  return { remainingS: seconds(expectedS - elapsedS), range }
}

function seconds(value: number): number {
  return Math.max(1, Math.round(value))
}

/** Of ascending values. */
function quantile(values: readonly number[], share: number): number {
  return values[Math.round((values.length - 1) * share)] ?? 0
}
