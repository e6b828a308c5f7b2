import { z } from 'zod'
import { Budget } from '../../../../shared/model/budget.js'
import { Check } from '../../../../shared/model/check.js'
import { ConversationId, ScheduleId, TaskId } from '../../../../shared/model/ids.js'
import { Misfire } from '../../../../shared/model/misfire.js'
import { TaskNotify } from '../../../../shared/model/notification.js'
import {
  PlanStep,
  TaskResult,
  TaskState,
  TaskType,
  WaitReason,
} from '../../../../shared/model/task.js'
import { TaskLimits } from '../../../../shared/model/task-limits.js'
import { Isolation } from '../../../../shared/model/worktree.js'
import { TaskErrorCode } from '../../../../shared/rpc/errors.js'
import { LANES } from '../../scheduler/lane.js'
import { misfireOf } from '../../schedules/misfire.js'
import type { TaskRecord } from '../../tasks/task-record.js'
import { json } from '../rows.js'

const OwnWait = WaitReason.exclude(['memory', 'cpu', 'starting'])

/** Columns of which more is expected than the type that the table, which is STRICT, sees to. */
const Checked = z.object({
  id: TaskId,
  type: TaskType,
  lane: z.enum(LANES),
  input: json(z.unknown()).nullable(),
  conversation_id: ConversationId.nullable(),
  parent_id: TaskId.nullable(),
  schedule_id: ScheduleId.nullable(),
  rerun_of: TaskId.nullable(),
  budget: json(Budget).nullable(),
  limits: json(TaskLimits).nullable(),
  on_interruption: z.enum(['rerun', 'fail']),
  checks: json(z.array(Check)).nullable(),
  isolation: Isolation,
  plan_approval: z.enum(['ask', 'run']).nullable(),
  notify: json(TaskNotify).nullable(),
  on_dependency_failure: z.enum(['cancel', 'run']),
  misfire: json(Misfire).nullable(),
  state: TaskState,
  own_wait: OwnWait.nullable(),
  plan: json(z.array(PlanStep)),
  result: json(TaskResult).nullable(),
  error_code: TaskErrorCode.nullable(),
})

/** The others are taken as they come: to check all of them again took most of the time of a page. */
const TEXTS = ['description', 'agent_type', 'kind', 'workspace'] as const
const OPTIONAL_TEXTS = [
  'command',
  'idempotency_key',
  'content_hash',
  'wait_detail',
  'current_step',
  'owner_start',
  'error_message',
] as const
const NUMBERS = [
  'ordinal',
  'priority',
  'max_attempts',
  'has_dependents',
  'rank',
  'wait_since_ms',
  'attempt',
  'attempt_open',
  'stretch_log_offset',
  'interruptions',
  'progress',
  'created_at_ms',
  'running_ms',
  'attempt_ms',
  'tokens_used',
  'turns',
  'cost_micro_usd',
  'unpriced_tokens',
  'max_corrections',
] as const
const OPTIONAL_NUMBERS = [
  'timeout_ms',
  'estimated_duration_s',
  'run_at_ms',
  'not_before_ms',
  'stretch_started_at_ms',
  'started_at_ms',
  'completed_at_ms',
  'peak_memory_bytes',
  'peak_cpu_percent',
  'owner_pid',
  'heartbeat_ms',
  'stalled_since_ms',
  'output_removed_ms',
] as const

type PlainRow = Readonly<
  Record<(typeof TEXTS)[number], string> &
    Record<(typeof OPTIONAL_TEXTS)[number], string | null> &
    Record<(typeof NUMBERS)[number], number> &
    Record<(typeof OPTIONAL_NUMBERS)[number], number | null>
>

/** Of these, input and result may be large. */
const SHOWN_BY_NO_LIST: readonly string[] = ['input', 'misfire', 'result']

/** What a list reads. */
export const OVERVIEW_COLUMNS = [
  ...Object.keys(Checked.shape).map((name) =>
    SHOWN_BY_NO_LIST.includes(name) ? `NULL AS ${name}` : name,
  ),
  ...TEXTS,
  ...OPTIONAL_TEXTS,
  ...NUMBERS,
  ...OPTIONAL_NUMBERS,
].join(', ')

/** A row of `tasks` as a record. */
export const TaskRow = z.transform((row: PlainRow, context): TaskRecord => {
  const checked = Checked.safeParse(row)
  if (checked.success) return recordOf(row, checked.data)
  for (const { message, path } of checked.error.issues) {
    context.issues.push({ code: 'custom', message, path, input: row })
  }
  return z.NEVER
})

/** The one place where a row of `tasks` becomes a record. */
function recordOf(row: PlainRow, checked: z.output<typeof Checked>): TaskRecord {
  return {
    ordinal: row.ordinal,
    id: checked.id,
    type: checked.type,
    lane: checked.lane,
    description: row.description,
    agentType: row.agent_type,
    kind: row.kind,
    command: row.command,
    input: checked.input,
    workspace: row.workspace,
    conversationId: checked.conversation_id,
    parentId: checked.parent_id,
    scheduleId: checked.schedule_id,
    rerunOf: checked.rerun_of,
    priority: row.priority,
    maxAttempts: row.max_attempts,
    timeoutMs: row.timeout_ms,
    budget: checked.budget,
    limits: checked.limits,
    onInterruption: checked.on_interruption,
    checks: checked.checks ?? [],
    maxCorrections: row.max_corrections,
    isolation: checked.isolation,
    planApproval: checked.plan_approval,
    notify: checked.notify,
    estimatedDurationS: row.estimated_duration_s,
    idempotencyKey: row.idempotency_key,
    contentHash: row.content_hash,
    hasDependents: row.has_dependents === 1,
    onDependencyFailure: checked.on_dependency_failure,
    runAtMs: row.run_at_ms,
    misfire: checked.misfire ?? misfireOf(undefined),
    state: checked.state,
    rank: row.rank,
    ownWait: checked.own_wait,
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
    plan: checked.plan,
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
    result: checked.result,
    error:
      checked.error_code === null
        ? null
        : { code: checked.error_code, message: row.error_message ?? checked.error_code },
    outputRemovedMs: row.output_removed_ms,
  }
}
