import type { TaskId } from '../../../shared/model/ids.js'

/** What holds a task back before its first run, and until when; a null reason when nothing does. */
export interface FirstWait {
  readonly reason: 'dependency' | 'schedule' | null
  readonly detail: string | null
  readonly notBeforeMs: number | null
  readonly blockedBy: readonly TaskId[]
}

/** Ids that a sentence names before it counts the rest. */
const NAMED = 3

/** Dependencies come first: until they are done the instant does not matter. Pure. */
export function firstWait(
  openDependencies: readonly TaskId[],
  runAtMs: number | null,
  nowMs: number,
): FirstWait {
  if (openDependencies.length > 0) {
    const named = openDependencies.slice(0, NAMED).join(', ')
    const more = openDependencies.length - NAMED
    return {
      reason: 'dependency',
      detail: `Waits for ${named}${more > 0 ? ` and ${more} more` : ''}.`,
      notBeforeMs: null,
      blockedBy: openDependencies,
    }
  }
  if (runAtMs !== null && runAtMs > nowMs) {
    return {
      reason: 'schedule',
      detail: `Starts at ${new Date(runAtMs).toISOString()}.`,
      notBeforeMs: runAtMs,
      blockedBy: [],
    }
  }
  return { reason: null, detail: null, notBeforeMs: null, blockedBy: [] }
}
