/**
 * Ageing is linear in time: each priority level is worth this much waiting. The difference between
 * two tasks then never changes, so the order is fixed at submission and can be an indexed column.
 */
export const PRIORITY_STEP_MS = 5 * 60 * 1000

/** Lower starts earlier; FIFO within a priority, and nothing starves (10 overtakes 1 by 45 min). */
export function rankOf(priority: number, createdAtMs: number): number {
  return createdAtMs - priority * PRIORITY_STEP_MS
}

/** A task that has run before is first in line when its wait ends; among those, by priority and age. */
export function rankOfResumed(priority: number, createdAtMs: number): number {
  return rankOf(priority, createdAtMs) - 1e15
}
