import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskNotify } from '../../../shared/model/notification.js'
import { rankOf } from '../../../shared/model/rank.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import { misfireOf } from '../schedules/misfire.js'
import type { NewTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { FirstWait } from './first-wait.js'
import { agentTypeOf } from './intake.js'
import { kindOf } from './kind.js'
import { laneOf } from './lane.js'

/** A task that somebody wants done, checked as far as that goes without the store. */
export interface Submission {
  readonly params: TaskSubmitParams
  /** Absolute. */
  readonly workspace: string
  /** Only where it has an idempotency key. */
  readonly contentHash: string | null
  /** The task that it does once more. */
  readonly rerunOf?: TaskId
}

const DEFAULT_PRIORITY = 5
/** Tries to mend what a check found before a person is asked (SEEDS C6). */
const DEFAULT_CORRECTIONS = 3

/** The row of a submission; what was left out gets its default. Pure. */
export function newTask(
  id: TaskId,
  { params, workspace, contentHash, rerunOf }: Submission,
  wait: FirstWait,
  atMs: number,
): NewTask {
  const { type, description } = params
  const agentType = agentTypeOf(params)
  const command = params.command ?? null
  const priority = params.priority ?? DEFAULT_PRIORITY
  const runAtMs = params.runAt ?? null
  return {
    id,
    type,
    lane: laneOf(type),
    description,
    agentType,
    kind: kindOf({ type, agentType, command, workspace }),
    command,
    input: params.input ?? null,
    workspace,
    conversationId: params.conversationId ?? null,
    parentId: params.parentId ?? null,
    scheduleId: null,
    rerunOf: rerunOf ?? null,
    priority,
    maxAttempts: params.maxAttempts ?? 1,
    timeoutMs: params.timeoutMs ?? null,
    ...boundsOf(params),
    ...termsOf(params),
    notify: notifyOf(params),
    estimatedDurationS: params.estimatedDuration ?? null,
    idempotencyKey: params.idempotencyKey ?? null,
    contentHash,
    onDependencyFailure: params.onDependencyFailure === 'run' ? 'run' : 'cancel',
    runAtMs,
    misfire: misfireOf(params.misfire),
    // One that names others is settled after it is stored, since one of them may have failed already.
    ownWait: (params.dependencies ?? []).length > 0 ? 'dependency' : wait.reason,
    waitDetail: wait.detail,
    notBeforeMs: wait.notBeforeMs,
    rank: rankOf({ priority, attempt: 0, createdAtMs: atMs, runAtMs }),
    createdAtMs: atMs,
  }
}

function boundsOf(params: TaskSubmitParams): Pick<NewTask, 'budget' | 'limits' | 'onInterruption'> {
  return {
    budget: params.budget ?? null,
    limits: params.limits ?? null,
    onInterruption: params.onInterruption ?? 'rerun',
  }
}

function notifyOf({ notify }: TaskSubmitParams): TaskNotify | null {
  return typeof notify === 'string' ? { strategy: notify } : (notify ?? null)
}

/** When its work counts as done, and where it happens. */
function termsOf(
  params: TaskSubmitParams,
): Pick<NewTask, 'checks' | 'maxCorrections' | 'isolation' | 'planApproval'> {
  return {
    checks: params.checks ?? [],
    maxCorrections: params.maxCorrections ?? DEFAULT_CORRECTIONS,
    isolation: params.isolation ?? 'auto',
    planApproval: params.planApproval ?? null,
  }
}

/** The record of a task that has just been stored, without reading it back. */
export function newRecord(task: NewTask, ordinal: number): TaskRecord {
  return {
    ...task,
    ordinal,
    state: 'pending',
    waitSinceMs: task.createdAtMs,
    hasDependents: false,
    attempt: 0,
    attemptOpen: false,
    stretchStartedAtMs: null,
    stretchLogOffset: 0,
    interruptions: 0,
    progress: 0,
    currentStep: null,
    plan: [],
    startedAtMs: null,
    completedAtMs: null,
    runningMs: 0,
    attemptMs: 0,
    tokensUsed: 0,
    turns: 0,
    costMicroUsd: 0,
    unpricedTokens: 0,
    peakMemoryBytes: null,
    peakCpuPercent: null,
    ownerPid: null,
    ownerStart: null,
    heartbeatMs: null,
    stalledSinceMs: null,
    result: null,
    error: null,
    outputRemovedMs: null,
  }
}
