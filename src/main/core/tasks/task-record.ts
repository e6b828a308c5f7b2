import type { Budget } from '../../../shared/model/budget.js'
import type { Check } from '../../../shared/model/check.js'
import type { ConversationId, ScheduleId, TaskId } from '../../../shared/model/ids.js'
import type { Misfire } from '../../../shared/model/misfire.js'
import type { TaskNotify } from '../../../shared/model/notification.js'
import type {
  PlanStep,
  TaskError,
  TaskResult,
  TaskState,
  TaskType,
  WaitReason,
} from '../../../shared/model/task.js'
import type { TaskLimits } from '../../../shared/model/task-limits.js'
import type { Isolation } from '../../../shared/model/worktree.js'
import type { Lane } from '../scheduler/lane.js'

/**
 * Reasons of the task itself; the others hold for the whole queue and are computed when read. `paused` and
 * `limit` are both: of its own they hold back the task of an agent that takes no work, or has other work first.
 */
export type OwnWaitReason = Exclude<WaitReason, 'memory' | 'cpu' | 'starting'>

/** A task as stored. Times are epoch ms. */
export interface TaskRecord {
  /** Order of submission. */
  readonly ordinal: number
  readonly id: TaskId
  readonly type: TaskType
  readonly lane: Lane
  readonly description: string
  readonly agentType: string
  /** Tasks that probably need the same; see `kind.ts`. */
  readonly kind: string
  readonly command: string | null
  readonly input: unknown
  readonly workspace: string
  readonly conversationId: ConversationId | null
  readonly parentId: TaskId | null
  readonly scheduleId: ScheduleId | null
  /** The task that it does once more. */
  readonly rerunOf: TaskId | null
  readonly priority: number
  readonly maxAttempts: number
  readonly timeoutMs: number | null
  readonly budget: Budget | null
  readonly limits: TaskLimits | null
  readonly onInterruption: 'rerun' | 'fail'
  /** What has to be true before it counts as done. */
  readonly checks: readonly Check[]
  readonly maxCorrections: number
  readonly isolation: Isolation
  /** Whether a lead waits with its plan for the person; null: as the settings say. */
  readonly planApproval: 'ask' | 'run' | null
  /** Null: the person is told as the preferences say. */
  readonly notify: TaskNotify | null
  readonly estimatedDurationS: number | null
  readonly idempotencyKey: string | null
  readonly contentHash: string | null
  /** Whether other tasks were submitted that depend on it. */
  readonly hasDependents: boolean
  /** Whether a failed dependency ends the task as well (`cancel`) or only counts as over (`run`). */
  readonly onDependencyFailure: 'cancel' | 'run'
  /** Not before this instant. */
  readonly runAtMs: number | null
  readonly misfire: Misfire
  readonly state: TaskState
  /** Lower starts earlier; see `rank.ts`. */
  readonly rank: number
  readonly ownWait: OwnWaitReason | null
  readonly waitDetail: string | null
  readonly waitSinceMs: number
  readonly notBeforeMs: number | null
  /** Attempts begun; the last of them goes on after a wait or a crash while `attemptOpen`. */
  readonly attempt: number
  readonly attemptOpen: boolean
  /** Of the stretch of running that is under way, or was the last. */
  readonly stretchStartedAtMs: number | null
  /** Where that stretch begins in the task's log. */
  readonly stretchLogOffset: number
  /** Crashes of the host in a row while this task ran. */
  readonly interruptions: number
  readonly progress: number
  readonly currentStep: string | null
  readonly plan: readonly PlanStep[]
  readonly createdAtMs: number
  readonly startedAtMs: number | null
  readonly completedAtMs: number | null
  /** Running time of earlier attempts and stretches. */
  readonly runningMs: number
  /** Running time of earlier stretches of the attempt under way. */
  readonly attemptMs: number
  readonly tokensUsed: number
  readonly turns: number
  /** Millionths of a US dollar, for the tokens whose price is known. */
  readonly costMicroUsd: number
  readonly unpricedTokens: number
  readonly peakMemoryBytes: number | null
  /** Of the whole machine. */
  readonly peakCpuPercent: number | null
  /** The lease: who runs it. */
  readonly ownerPid: number | null
  readonly ownerStart: string | null
  /** When the owner last said that it lives. */
  readonly heartbeatMs: number | null
  readonly stalledSinceMs: number | null
  readonly result: TaskResult | null
  readonly error: TaskError | null
  /** When its log was removed because of its age. */
  readonly outputRemovedMs: number | null
}

/** All that a list needs of a task; what was given to it and what came of it may be large. */
export type TaskOverview = Omit<TaskRecord, 'input' | 'misfire' | 'result'>
