import { z } from 'zod'
import { ConversationId, TaskId } from '../../../../shared/model/ids.js'
import { Misfire } from '../../../../shared/model/misfire.js'
import {
  PlanStep,
  TaskResult,
  TaskState,
  TaskType,
  WaitReason,
} from '../../../../shared/model/task.js'
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
  command: z.string().nullable(),
  input: json(z.unknown()).nullable(),
  workspace: z.string(),
  conversation_id: ConversationId.nullable(),
  priority: z.number(),
  max_attempts: z.number(),
  timeout_ms: z.number().nullable(),
  estimated_duration_s: z.number().nullable(),
  idempotency_key: z.string().nullable(),
  content_hash: z.string().nullable(),
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
  interruptions: z.number(),
  progress: z.number(),
  current_step: z.string().nullable(),
  plan: json(z.array(PlanStep)),
  created_at_ms: z.number(),
  started_at_ms: z.number().nullable(),
  completed_at_ms: z.number().nullable(),
  running_ms: z.number(),
  tokens_used: z.number(),
  owner_pid: z.number().nullable(),
  owner_start: z.string().nullable(),
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
    command: row.command,
    input: row.input,
    workspace: row.workspace,
    conversationId: row.conversation_id,
    priority: row.priority,
    maxAttempts: row.max_attempts,
    timeoutMs: row.timeout_ms,
    estimatedDurationS: row.estimated_duration_s,
    idempotencyKey: row.idempotency_key,
    contentHash: row.content_hash,
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
    interruptions: row.interruptions,
    progress: row.progress,
    currentStep: row.current_step,
    plan: row.plan,
    createdAtMs: row.created_at_ms,
    startedAtMs: row.started_at_ms,
    completedAtMs: row.completed_at_ms,
    runningMs: row.running_ms,
    tokensUsed: row.tokens_used,
    ownerPid: row.owner_pid,
    ownerStart: row.owner_start,
    result: row.result,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, message: row.error_message ?? row.error_code },
  }),
)
