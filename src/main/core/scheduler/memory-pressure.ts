import type { TaskId } from '../../../shared/model/ids.js'
import type { Lane } from './lane.js'

/** Memory must be short for this long before a task gives way, and again before the next one does. */
export const GIVE_WAY_AFTER_MS = 10_000

export interface PressuredRun {
  readonly id: TaskId
  readonly lane: Lane
  readonly priority: number
  readonly startedAtMs: number
  /** It was asked before and has not come to the end of its step. */
  readonly givesWay: boolean
}

/**
 * Which agent is to go back into the line at the end of its step, because memory has been short since
 * `sinceMs`: the least urgent, of those the one that began last. Never the only task that runs, and one at a
 * time. A process is never stopped for it. Pure.
 */
export function whoGivesWay(
  runs: readonly PressuredRun[],
  sinceMs: number | null,
  nowMs: number,
): TaskId | null {
  if (sinceMs === null || nowMs - sinceMs < GIVE_WAY_AFTER_MS || runs.length < 2) return null
  if (runs.some(({ givesWay }) => givesWay)) return null
  const [first] = runs
    .filter(({ lane }) => lane === 'agent')
    .sort((a, b) => a.priority - b.priority || b.startedAtMs - a.startedAtMs)
  return first?.id ?? null
}
