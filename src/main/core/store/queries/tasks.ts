import type { TaskId } from '../../../../shared/model/ids.js'
import type { PlanStep } from '../../../../shared/model/task.js'
import type { TaskOverview, TaskRecord } from '../../tasks/task-record.js'
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
  | 'rerunOf'
  | 'priority'
  | 'maxAttempts'
  | 'timeoutMs'
  | 'budget'
  | 'limits'
  | 'onInterruption'
  | 'checks'
  | 'maxCorrections'
  | 'isolation'
  | 'planApproval'
  | 'notify'
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
       conversation_id, parent_id, schedule_id, rerun_of, priority, max_attempts, timeout_ms, budget, limits,
       on_interruption, checks, max_corrections, isolation, plan_approval, notify, estimated_duration_s,
       idempotency_key, content_hash, on_dependency_failure, run_at_ms, misfire, state, own_wait, wait_detail,
       not_before_ms, rank, wait_since_ms, created_at_ms)
     VALUES (@id, @type, @lane, @description, @agentType, @kind, @command, @input, @workspace,
       @conversationId, @parentId, @scheduleId, @rerunOf, @priority, @maxAttempts, @timeoutMs, @budget, @limits,
       @onInterruption, @checks, @maxCorrections, @isolation, @planApproval, @notify, @estimatedDurationS,
       @idempotencyKey, @contentHash, @onDependencyFailure, @runAtMs, @misfire, 'pending', @ownWait, @waitDetail,
       @notBeforeMs, @rank, @createdAtMs, @createdAtMs)`,
  ).run({
    ...task,
    input: task.input === null ? null : JSON.stringify(task.input),
    misfire: JSON.stringify(task.misfire),
    budget: task.budget === null ? null : JSON.stringify(task.budget),
    limits: task.limits === null ? null : JSON.stringify(task.limits),
    notify: task.notify === null ? null : JSON.stringify(task.notify),
    checks: task.checks.length === 0 ? null : JSON.stringify(task.checks),
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
    `UPDATE tasks SET input = NULL, plan = '[]', misfire = NULL, budget = NULL, limits = NULL,
       checks = NULL, isolation = 'auto', plan_approval = NULL, own_wait = NULL, wait_detail = NULL,
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
