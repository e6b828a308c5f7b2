import type { Misfire, MisfireParam } from '../../../shared/model/misfire.js'
import type { CronRule } from './cron.js'

const HOUR_MS = 60 * 60 * 1000
/** Within this a run counts as on time. */
export const TOLERANCE_MS = 60_000
const DEFAULT_AGE_MS = 24 * HOUR_MS

export function misfireOf(param: MisfireParam | undefined): Misfire {
  if (param === undefined) return { policy: 'run_once', maxAgeMs: DEFAULT_AGE_MS }
  if (typeof param === 'string') return { policy: param, maxAgeMs: DEFAULT_AGE_MS }
  return { policy: param.policy, maxAgeMs: param.maxAgeMs ?? DEFAULT_AGE_MS }
}

/** What to do with a task whose instant has come. */
export type DueDecision = 'run' | 'missed'

/** Pure. A task whose instant passed long ago is run late or given up, as its policy says. */
export function onDue(scheduledMs: number, nowMs: number, misfire: Misfire): DueDecision {
  const lateMs = nowMs - scheduledMs
  if (lateMs <= TOLERANCE_MS) return 'run'
  switch (misfire.policy) {
    case 'run_once':
      return 'run'
    case 'skip':
      return 'missed'
    case 'run_all':
      return lateMs <= misfire.maxAgeMs ? 'run' : 'missed'
  }
}

/** A run that has ended, as far as it decides about the next one. Epoch ms. */
export interface EndedRun {
  /** Up to here every instant had been run or given up before it. */
  readonly settledMs: number
  /** The instant that it was meant for. */
  readonly scheduledMs: number
  /** Null when it ended without having begun. */
  readonly startedMs: number | null
}

/**
 * The instant of the run after one that has just ended; null when the rule names no further one. It may
 * have passed: then the run makes up for it. Never one that was settled before, whatever was done to the
 * clock. Pure.
 */
export function nextOccurrence(
  rule: Pick<CronRule, 'nextAfter'>,
  run: EndedRun,
  nowMs: number,
  misfire: Misfire,
): number | null {
  const settledMs = Math.max(run.settledMs, run.scheduledMs)
  switch (misfire.policy) {
    case 'run_once':
      // What passed before it began was made up for by it, or given up together with it.
      return rule.nextAfter(Math.max(settledMs, run.startedMs ?? nowMs))
    case 'skip': {
      const next = rule.nextAfter(settledMs)
      return next === null || next >= nowMs - TOLERANCE_MS ? next : rule.nextAfter(nowMs)
    }
    case 'run_all':
      return rule.nextAfter(Math.max(settledMs, nowMs - misfire.maxAgeMs - 1))
  }
}
