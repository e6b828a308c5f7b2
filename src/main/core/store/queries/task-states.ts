import type { TaskId } from '../../../../shared/model/ids.js'
import type { PlanStep, TaskError, TaskResult } from '../../../../shared/model/task.js'
import type { ProcessIdentity } from '../../ports.js'
import type { OwnWaitReason } from '../../tasks/task-record.js'
import type { WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** Takes the lease. False when the task was not pending any more. */
export function startTask(
  db: WriteDb,
  id: TaskId,
  values: {
    readonly attempt: number
    readonly attemptMs: number
    readonly owner: ProcessIdentity
    readonly logOffset: number
    readonly atMs: number
  },
): boolean {
  return (
    statement(
      db,
      `UPDATE tasks SET state = 'running', attempt = @attempt, attempt_open = 1, own_wait = NULL,
         wait_detail = NULL, not_before_ms = NULL, owner_pid = @pid, owner_start = @startTime,
         attempt_ms = @attemptMs, stretch_started_at_ms = @atMs, stretch_log_offset = @logOffset,
         heartbeat_ms = @atMs, stalled_since_ms = NULL,
         started_at_ms = coalesce(started_at_ms, @atMs), error_code = NULL, error_message = NULL
       WHERE id = @id AND state = 'pending'`,
    ).run({
      id,
      attempt: values.attempt,
      attemptMs: values.attemptMs,
      pid: values.owner.pid,
      startTime: values.owner.startTime,
      logOffset: values.logOffset,
      atMs: values.atMs,
    }).changes === 1
  )
}

/** Highest use of the machine by a task's processes. */
export interface Peak {
  readonly memoryBytes: number
  /** Of the whole machine; null where none was seen. */
  readonly cpuPercent: number | null
}

/** As assignments that never lower what is stored. */
const RAISE_PEAK = `peak_memory_bytes = CASE WHEN @peakMemory IS NULL THEN peak_memory_bytes
           ELSE max(coalesce(peak_memory_bytes, 0), @peakMemory) END,
         peak_cpu_percent = CASE WHEN @peakCpu IS NULL THEN peak_cpu_percent
           ELSE max(coalesce(peak_cpu_percent, 0), @peakCpu) END`

export interface Waiting {
  readonly reason: OwnWaitReason | null
  readonly detail: string | null
  readonly sinceMs: number
  readonly notBeforeMs: number | null
  readonly rank: number
  readonly attemptOpen: boolean
  readonly interruptions: number
  readonly runningMs: number
  readonly attemptMs: number
  readonly peak: Peak | null
}

/** Gives up the lease and waits. False when the task was not running or pending any more. */
export function parkTask(db: WriteDb, id: TaskId, wait: Waiting): boolean {
  return (
    statement(
      db,
      `UPDATE tasks SET state = 'pending', own_wait = @reason, wait_detail = @detail,
         wait_since_ms = @sinceMs, not_before_ms = @notBeforeMs, rank = @rank,
         attempt_open = @attemptOpen, interruptions = @interruptions, running_ms = @runningMs,
         attempt_ms = @attemptMs, owner_pid = NULL, owner_start = NULL, heartbeat_ms = NULL,
         stalled_since_ms = NULL, ${RAISE_PEAK}
       WHERE id = @id AND state IN ('running', 'pending')`,
    ).run({
      id,
      reason: wait.reason,
      detail: wait.detail,
      sinceMs: wait.sinceMs,
      notBeforeMs: wait.notBeforeMs,
      rank: wait.rank,
      attemptOpen: wait.attemptOpen ? 1 : 0,
      interruptions: wait.interruptions,
      runningMs: wait.runningMs,
      attemptMs: wait.attemptMs,
      peakMemory: wait.peak?.memoryBytes ?? null,
      peakCpu: wait.peak?.cpuPercent ?? null,
    }).changes === 1
  )
}

export interface Ending {
  readonly state: 'completed' | 'failed' | 'cancelled'
  readonly atMs: number
  readonly runningMs: number
  readonly result: TaskResult
  readonly error: TaskError | null
  readonly plan: readonly PlanStep[]
  readonly peak: Peak | null
}

/** Terminal, and once: false when the task had ended before. */
export function endTask(db: WriteDb, id: TaskId, end: Ending): boolean {
  return (
    statement(
      db,
      `UPDATE tasks SET state = @state, completed_at_ms = @atMs, running_ms = @runningMs,
         result = @result, error_code = @errorCode, error_message = @errorMessage,
         plan = @plan, progress = CASE @state WHEN 'completed' THEN 100 ELSE progress END,
         own_wait = NULL, wait_detail = NULL, not_before_ms = NULL, attempt_open = 0,
         interruptions = 0, attempt_ms = 0, owner_pid = NULL, owner_start = NULL,
         heartbeat_ms = NULL, stalled_since_ms = NULL, ${RAISE_PEAK}
       WHERE id = @id AND state IN ('pending', 'running')`,
    ).run({
      id,
      state: end.state,
      atMs: end.atMs,
      runningMs: end.runningMs,
      result: JSON.stringify(end.result),
      plan: JSON.stringify(end.plan),
      errorCode: end.error?.code ?? null,
      errorMessage: end.error?.message ?? null,
      peakMemory: end.peak?.memoryBytes ?? null,
      peakCpu: end.peak?.cpuPercent ?? null,
    }).changes === 1
  )
}

/** Makes an ended task pending again, with one attempt more. False when it had not failed. */
export function reopenTask(
  db: WriteDb,
  id: TaskId,
  values: { readonly rank: number; readonly atMs: number },
): boolean {
  return (
    statement(
      db,
      `UPDATE tasks SET state = 'pending', rank = @rank, wait_since_ms = @atMs, completed_at_ms = NULL,
         result = NULL, error_code = NULL, error_message = NULL,
         max_attempts = max(max_attempts, attempt + 1)
       WHERE id = @id AND state IN ('failed', 'cancelled')`,
    ).run({ id, ...values }).changes === 1
  )
}
