/**
 * Ageing is linear in time: each priority level is worth this much waiting. The difference between
 * two tasks then never changes, so the order is fixed at submission and can be an indexed column.
 */
export const PRIORITY_STEP_MS = 5 * 60 * 1000

/** What ran before goes before all that did not: more than any age. */
const RESUMED_MS = 1e15

/** What fixes a task's place in the line. */
export interface Ranked {
  readonly priority: number
  /** Attempts begun so far. */
  readonly attempt: number
  readonly createdAtMs: number
  /** Null of a task that may start at once. */
  readonly runAtMs: number | null
}

/**
 * The same for the host that starts tasks and for a window that lists them. Lower starts earlier; FIFO within a
 * priority, and nothing starves (10 overtakes 1 by 45 min). Who waits for an instant waits in the line from then on. A
 * task that has run before is first when its wait ends; among those, by priority and age.
 */
export function rankOf({ priority, attempt, createdAtMs, runAtMs }: Ranked): number {
  const urgency = priority * PRIORITY_STEP_MS
  if (attempt > 0) return createdAtMs - urgency - RESUMED_MS
  return Math.max(createdAtMs, runAtMs ?? createdAtMs) - urgency
}
