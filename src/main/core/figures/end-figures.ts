import type { Transaction } from '../events/event-log.js'
import { addCause, addEndFigures } from '../store/queries/figures.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { slotOf } from './slot.js'

/**
 * Counts the end of a task among the figures of its slot, or takes it back when the task is tried again.
 * @param task as it ended: its state, times and use are those of the end
 * @param sign 1 to count, −1 to take back
 */
export function countEnd({ db }: Transaction, task: TaskRecord, sign: 1 | -1): void {
  const { state, startedAtMs, completedAtMs, error } = task
  const slot = slotOf(completedAtMs ?? task.createdAtMs)
  const hasStarted = startedAtMs !== null
  const expectedAtMs = Math.max(task.createdAtMs, task.runAtMs ?? 0)
  addEndFigures(db, {
    slot,
    type: task.type,
    completed: state === 'completed' ? sign : 0,
    failed: state === 'failed' ? sign : 0,
    cancelled: state === 'cancelled' ? sign : 0,
    runningMs: sign * task.runningMs,
    started: hasStarted ? sign : 0,
    waitMs: hasStarted ? sign * Math.max(0, startedAtMs - expectedAtMs) : 0,
    tokens: sign * task.tokensUsed,
    costMicroUsd: sign * task.costMicroUsd,
    unpricedTokens: sign * task.unpricedTokens,
    // A peak that was seen was seen.
    peakMemory: task.peakMemoryBytes,
    peakCpu: task.peakCpuPercent,
  })
  if (error !== null) addCause(db, slot, error.code, sign)
}
