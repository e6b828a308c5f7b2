import type { TaskId } from '../../../../shared/model/ids.js'
import type { PlanStep, TaskError, TaskResult } from '../../../../shared/model/task.js'
import type { ProcessIdentity } from '../../ports.js'
import { LANES, type Lane } from '../../scheduler/lane.js'
import type { OwnWaitReason, TaskOverview, TaskRecord } from '../../tasks/task-record.js'
import type { ReadDb, WriteDb } from '../database.js'
import { parseRows } from '../rows.js'
import { statement } from '../statement.js'
import { conditionsOf, type TaskFilter, valuesOf } from './task-filter.js'
import { OVERVIEW_COLUMNS, TaskRow } from './task-row.js'

export type { TaskFilter } from './task-filter.js'

export type NewTask = Pick<
  TaskRecord,
  | 'id'
  | 'type'
  | 'lane'
  | 'description'
  | 'agentType'
  | 'kind'
  | 'command'
  | 'input'
  | 'workspace'
  | 'conversationId'
  | 'parentId'
  | 'scheduleId'
  | 'priority'
  | 'maxAttempts'
  | 'timeoutMs'
  | 'budget'
  | 'limits'
  | 'onInterruption'
  | 'estimatedDurationS'
  | 'idempotencyKey'
  | 'contentHash'
  | 'onDependencyFailure'
  | 'runAtMs'
  | 'misfire'
  | 'ownWait'
  | 'waitDetail'
  | 'notBeforeMs'
  | 'rank'
  | 'createdAtMs'
>

/** Stores a pending task and returns its ordinal. */
export function insertTask(db: WriteDb, task: NewTask): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO tasks (id, type, lane, description, agent_type, kind, command, input, workspace,
       conversation_id, parent_id, schedule_id, priority, max_attempts, timeout_ms, budget, limits,
       on_interruption, estimated_duration_s, idempotency_key,
       content_hash, on_dependency_failure, run_at_ms, misfire, state, own_wait, wait_detail,
       not_before_ms, rank, wait_since_ms, created_at_ms)
     VALUES (@id, @type, @lane, @description, @agentType, @kind, @command, @input, @workspace,
       @conversationId, @parentId, @scheduleId, @priority, @maxAttempts, @timeoutMs, @budget, @limits,
       @onInterruption, @estimatedDurationS, @idempotencyKey,
       @contentHash, @onDependencyFailure, @runAtMs, @misfire, 'pending', @ownWait, @waitDetail,
       @notBeforeMs, @rank, @createdAtMs, @createdAtMs)`,
  ).run({
    ...task,
    input: task.input === null ? null : JSON.stringify(task.input),
    misfire: JSON.stringify(task.misfire),
    budget: task.budget === null ? null : JSON.stringify(task.budget),
    limits: task.limits === null ? null : JSON.stringify(task.limits),
  })
  return Number(lastInsertRowid)
}

function parseTasks(db: WriteDb, rows: readonly unknown[], atMs: number): TaskRecord[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'tasks', key, atMs }, TaskRow, rows)
}

export function selectTask(db: WriteDb, id: string, atMs: number): TaskRecord | undefined {
  const row = statement(db, 'SELECT * FROM tasks WHERE id = ?').get(id)
  return row === undefined ? undefined : parseTasks(db, [row], atMs)[0]
}

/** Of every running task, also of one that cannot be read. */
export function selectRunningTaskIds(db: ReadDb): TaskId[] {
  return statement(db, `SELECT id FROM tasks WHERE state = 'running' ORDER BY ordinal`)
    .pluck()
    .all() as TaskId[]
}

/** Empties the columns that a row can do without, so that a damaged one may be readable again. */
export function emptyTask(db: WriteDb, id: TaskId): void {
  statement(
    db,
    `UPDATE tasks SET input = NULL, plan = '[]', misfire = NULL, budget = NULL, limits = NULL, own_wait = NULL, wait_detail = NULL,
       not_before_ms = NULL, result = NULL, error_code = NULL, error_message = NULL WHERE id = ?`,
  ).run(id)
}

/** Takes a task that stays unreadable out of the queue. */
export function abandonTask(db: WriteDb, id: TaskId, atMs: number): void {
  statement(
    db,
    `UPDATE tasks SET state = 'failed', completed_at_ms = ?, error_code = 'internal'
     WHERE id = ? AND state IN ('pending', 'running')`,
  ).run(atMs, id)
}

export function selectTaskByIdempotencyKey(
  db: ReadDb,
  key: string,
): { readonly id: TaskId; readonly contentHash: string } | undefined {
  return statement(
    db,
    'SELECT id, content_hash AS contentHash FROM tasks WHERE idempotency_key = ?',
  ).get(key) as { id: TaskId; contentHash: string } | undefined
}

export interface TaskPage {
  readonly tasks: TaskOverview[]
  /** Where the next page begins; null when this is the last one. */
  readonly nextOrdinal: number | null
}

/** Newest first. */
export function selectTasks(db: WriteDb, filter: TaskFilter, atMs: number): TaskPage {
  const rows = statement(
    db,
    `SELECT ${OVERVIEW_COLUMNS} FROM tasks WHERE ${conditionsOf(filter)} ORDER BY ordinal DESC LIMIT @limit`,
  ).all({ ...valuesOf(filter), limit: filter.limit }) as { readonly ordinal: number }[]
  // By the row, which may be one that cannot be read: it must not hide those after it.
  const nextOrdinal = rows.length === filter.limit ? (rows.at(-1)?.ordinal ?? null) : null
  return { tasks: parseTasks(db, rows, atMs), nextOrdinal }
}

/** The tasks with these ordinals, in their order. */
export function selectTasksAt(
  db: WriteDb,
  ordinals: readonly number[],
  atMs: number,
): TaskOverview[] {
  const row = statement(db, `SELECT ${OVERVIEW_COLUMNS} FROM tasks WHERE ordinal = ?`)
  const rows = ordinals.map((ordinal) => row.get(ordinal)).filter((found) => found !== undefined)
  return parseTasks(db, rows, atMs)
}

/** Pending tasks, at a cost that does not grow with them. */
export function countWaitingTasks(db: ReadDb): number {
  return statement(db, 'SELECT tasks FROM waiting_count').pluck().get() as number
}

export interface StartableRow {
  readonly id: TaskId
  readonly lane: Lane
  readonly rank: number
  readonly ordinal: number
  readonly waitSinceMs: number
  readonly kind: string
}

/** The pending tasks of a lane that are first in line, at a cost that does not grow with the queue. */
export function selectStartable(db: ReadDb, lane: Lane, limit: number): StartableRow[] {
  return statement(
    db,
    `SELECT id, lane, rank, ordinal, wait_since_ms AS waitSinceMs, kind
     FROM tasks INDEXED BY tasks_startable
     WHERE state = 'pending' AND own_wait IS NULL AND lane = ? ORDER BY rank, ordinal LIMIT ?`,
  ).all(lane, limit) as StartableRow[]
}

/** Whether any pending task waits for nothing but room. */
export function hasStartable(db: ReadDb): boolean {
  return LANES.some((lane) => selectStartable(db, lane, 1).length > 0)
}

/**
 * When the earliest timer of a waiting task is due; null without one.
 * @param instants whether those count that somebody named
 */
export function selectNextTimer(db: ReadDb, instants: boolean): number | null {
  const next = statement(
    db,
    `SELECT not_before_ms FROM tasks INDEXED BY tasks_timed
     WHERE state = 'pending' AND not_before_ms IS NOT NULL AND (? OR own_wait IS NOT 'schedule')
       AND (own_wait IS NULL OR own_wait NOT IN ('paused', 'limit'))
     ORDER BY not_before_ms LIMIT 1`,
  )
    .pluck()
    .get(instants ? 1 : 0) as number | undefined
  return next ?? null
}

/** @param instants whether those count that wait for an instant that somebody named */
export function selectDueTimers(db: ReadDb, nowMs: number, instants: boolean): TaskId[] {
  return statement(
    db,
    `SELECT id FROM tasks INDEXED BY tasks_timed
     WHERE state = 'pending' AND not_before_ms IS NOT NULL AND not_before_ms <= ?
       AND (? OR own_wait IS NOT 'schedule')
       AND (own_wait IS NULL OR own_wait NOT IN ('paused', 'limit')) ORDER BY not_before_ms, ordinal`,
  )
    .pluck()
    .all(nowMs, instants ? 1 : 0) as TaskId[]
}

/** Moves the waits of pending tasks into the past, save those for an instant that somebody named. */
export function moveWaitsBack(db: WriteDb, byMs: number): void {
  statement(
    db,
    `UPDATE tasks SET wait_since_ms = wait_since_ms - @byMs,
       not_before_ms = CASE own_wait WHEN 'schedule' THEN not_before_ms
         ELSE not_before_ms - @byMs END
     WHERE state = 'pending'`,
  ).run({ byMs })
}

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

export function updateProgress(
  db: WriteDb,
  id: TaskId,
  values: {
    readonly progress: number
    readonly currentStep: string | null
    readonly plan: readonly PlanStep[]
  },
): boolean {
  return (
    statement(
      db,
      `UPDATE tasks SET progress = @progress, current_step = @currentStep, plan = @plan
       WHERE id = @id AND state = 'running'`,
    ).run({ id, ...values, plan: JSON.stringify(values.plan) }).changes === 1
  )
}

/** The tasks that wait, oldest first, save runs of recurring tasks that wait for their instant. */
export function selectClearable(db: ReadDb): TaskId[] {
  return statement(
    db,
    `SELECT id FROM tasks WHERE state = 'pending'
       AND NOT (schedule_id IS NOT NULL AND own_wait IS 'schedule') ORDER BY ordinal`,
  )
    .pluck()
    .all() as TaskId[]
}

export function updatePriority(
  db: WriteDb,
  id: TaskId,
  values: { readonly priority: number; readonly rank: number },
): void {
  statement(db, 'UPDATE tasks SET priority = @priority, rank = @rank WHERE id = @id').run({
    id,
    ...values,
  })
}

/** Changes the instant that a task is meant for; its timer is not touched. */
export function updateRunAt(db: WriteDb, id: TaskId, runAtMs: number): void {
  statement(db, 'UPDATE tasks SET run_at_ms = ? WHERE id = ?').run(runAtMs, id)
}

/** The owner of all running tasks says that it lives. */
export function beatHeart(db: WriteDb, atMs: number): void {
  statement(db, `UPDATE tasks SET heartbeat_ms = ? WHERE state = 'running'`).run(atMs)
}

export function updateStall(db: WriteDb, id: TaskId, sinceMs: number | null): void {
  statement(db, `UPDATE tasks SET stalled_since_ms = ? WHERE id = ? AND state = 'running'`).run(
    sinceMs,
    id,
  )
}

/** What one turn of a model has used up. */
export interface TurnUsage {
  readonly tokens: number
  /** Null where the price of the model is not known. */
  readonly costMicroUsd: number | null
}

export function addTurn(db: WriteDb, id: TaskId, { tokens, costMicroUsd }: TurnUsage): void {
  statement(
    db,
    `UPDATE tasks SET turns = turns + 1, tokens_used = tokens_used + @tokens,
       cost_micro_usd = cost_micro_usd + @cost, unpriced_tokens = unpriced_tokens + @unpriced
     WHERE id = @id`,
  ).run({
    id,
    tokens,
    cost: costMicroUsd ?? 0,
    unpriced: costMicroUsd === null ? tokens : 0,
  })
}

/** What a completed task took. */
export interface PastRun {
  readonly runningMs: number
  readonly memoryBytes: number | null
  readonly cpuPercent: number | null
}

/** The last completed tasks of a kind, newest first. */
export function selectPastRuns(db: ReadDb, kind: string, limit: number): PastRun[] {
  return statement(
    db,
    `SELECT running_ms AS runningMs, peak_memory_bytes AS memoryBytes, peak_cpu_percent AS cpuPercent
     FROM tasks WHERE kind = ? AND state = 'completed' ORDER BY completed_at_ms DESC LIMIT ?`,
  ).all(kind, limit) as PastRun[]
}
