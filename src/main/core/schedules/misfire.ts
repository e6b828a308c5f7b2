import type { Misfire, MisfireParam } from '../../../shared/model/misfire.js'

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
