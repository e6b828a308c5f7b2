import { z } from 'zod'
import { Budget } from '../../../../shared/model/budget.js'
import { ConversationId, ScheduleId, TaskId } from '../../../../shared/model/ids.js'
import { Misfire } from '../../../../shared/model/misfire.js'
import {
  PlanStep,
  TaskResult,
  TaskState,
  TaskType,
  WaitReason,
} from '../../../../shared/model/task.js'
import { TaskLimits } from '../../../../shared/model/task-limits.js'
import { TaskErrorCode } from '../../../../shared/rpc/errors.js'
import { LANES } from '../../scheduler/lane.js'
import { misfireOf } from '../../schedules/misfire.js'
import type { TaskRecord } from '../../tasks/task-record.js'
import { json } from '../rows.js'

const OwnWait = WaitReason.exclude(['paused', 'limit', 'memory', 'cpu', 'starting'])

const Columns = z.object({
  ordinal: z.number(),
  id: TaskId,
  type: TaskType,
  lane: z.enum(LANES),
  description: z.string(),
  agent_type: z.string(),
  kind: z.string(),
  command: z.string().nullable(),
  input: json(z.unknown()).nullable(),
  workspace: z.string(),
  conversation_id: ConversationId.nullable(),
  parent_id: TaskId.nullable(),
  schedule_id: ScheduleId.nullable(),
  priority: z.number(),
  max_attempts: z.number(),
  timeout_ms: z.number().nullable(),
  budget: json(Budget).nullable(),
  limits: json(TaskLimits).nullable(),
  on_interruption: z.enum(['rerun', 'fail']),
  estimated_duration_s: z.number().nullable(),
  idempotency_key: z.string().nullable(),
  content_hash: z.string().nullable(),
  has_dependents: z.number(),
  on_dependency_failure: z.enum(['cancel', 'run']),
  run_at_ms: z.number().nullable(),
  misfire: json(Misfire).nullable(),
  state: TaskState,
  rank: z.number(),
  own_wait: OwnWait.nullable(),
  wait_detail: z.string().nullable(),
  wait_since_ms: z.number(),
  not_before_ms: z.number().nullable(),
  attempt: z.number(),
  attempt_open: z.number(),
  stretch_started_at_ms: z.number().nullable(),
  stretch_log_offset: z.number(),
  interruptions: z.number(),
  progress: z.number(),
  current_step: z.string().nullable(),
  plan: json(z.array(PlanStep)),
  created_at_ms: z.number(),
  started_at_ms: z.number().nullable(),
  completed_at_ms: z.number().nullable(),
  running_ms: z.number(),
  attempt_ms: z.number(),
  tokens_used: z.number(),
  turns: z.number(),
  cost_micro_usd: z.number(),
  unpriced_tokens: z.number(),
  peak_memory_bytes: z.number().nullable(),
  peak_cpu_percent: z.number().nullable(),
  owner_pid: z.number().nullable(),
  owner_start: z.string().nullable(),
  heartbeat_ms: z.number().nullable(),
  stalled_since_ms: z.number().nullable(),
  result: json(TaskResult).nullable(),
  error_code: TaskErrorCode.nullable(),
  error_message: z.string().nullable(),
})

/** What a list reads: everything but the result, which may be large and which no list shows. */
export const OVERVIEW_COLUMNS = Object.keys(Columns.shape)
  .map((name) => (name === 'result' ? 'NULL AS result' : name))
  .join(', ')

/** The one place where a row of `tasks` becomes a record. */
export const TaskRow = Columns.transform(
  (row): TaskRecord => ({
    ordinal: row.ordinal,
    id: row.id,
    type: row.type,
    lane: row.lane,
    description: row.description,
    agentType: row.agent_type,
    kind: row.kind,
    command: row.command,
    input: row.input,
    workspace: row.workspace,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    scheduleId: row.schedule_id,
    priority: row.priority,
    maxAttempts: row.max_attempts,
    timeoutMs: row.timeout_ms,
    budget: row.budget,
    limits: row.limits,
    onInterruption: row.on_interruption,
    estimatedDurationS: row.estimated_duration_s,
    idempotencyKey: row.idempotency_key,
    contentHash: row.content_hash,
    hasDependents: row.has_dependents === 1,
    onDependencyFailure: row.on_dependency_failure,
    runAtMs: row.run_at_ms,
    misfire: row.misfire ?? misfireOf(undefined),
    state: row.state,
    rank: row.rank,
    ownWait: row.own_wait,
    waitDetail: row.wait_detail,
    waitSinceMs: row.wait_since_ms,
    notBeforeMs: row.not_before_ms,
    attempt: row.attempt,
    attemptOpen: row.attempt_open === 1,
    stretchStartedAtMs: row.stretch_started_at_ms,
    stretchLogOffset: row.stretch_log_offset,
    interruptions: row.interruptions,
    progress: row.progress,
    currentStep: row.current_step,
    plan: row.plan,
    createdAtMs: row.created_at_ms,
    startedAtMs: row.started_at_ms,
    completedAtMs: row.completed_at_ms,
    runningMs: row.running_ms,
    attemptMs: row.attempt_ms,
    tokensUsed: row.tokens_used,
    turns: row.turns,
    costMicroUsd: row.cost_micro_usd,
    unpricedTokens: row.unpriced_tokens,
    peakMemoryBytes: row.peak_memory_bytes,
    peakCpuPercent: row.peak_cpu_percent,
    ownerPid: row.owner_pid,
    ownerStart: row.owner_start,
    heartbeatMs: row.heartbeat_ms,
    stalledSinceMs: row.stalled_since_ms,
    result: row.result,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, message: row.error_message ?? row.error_code },
  }),
)
