import { z } from 'zod'
import { TaskErrorCode } from '../rpc/errors.js'
import { Budget, Usage } from './budget.js'
import { Check } from './check.js'
import { ConversationId, ScheduleId, TaskId } from './ids.js'
import { TaskNotify } from './notification.js'
import { TaskLimits } from './task-limits.js'

export const TaskType = z.enum([
  'agent_execution',
  'orchestration',
  'analysis',
  'build',
  'e2e_test',
  'command',
])
export type TaskType = z.infer<typeof TaskType>

export const TaskState = z.enum(['pending', 'running', 'completed', 'failed', 'cancelled'])
export type TaskState = z.infer<typeof TaskState>

/** The states that a task never leaves by itself. */
export const TERMINAL_STATES: readonly TaskState[] = ['completed', 'failed', 'cancelled']

export function isTerminal(state: TaskState): boolean {
  return TERMINAL_STATES.includes(state)
}

/**
 * Why a pending task does not run, most telling first: when several apply, the first in this
 * order is shown.
 */
export const WAIT_REASONS = [
  'dependency',
  'schedule',
  'backoff',
  'answer',
  'approval',
  'children',
  'mail',
  'paused',
  'quota',
  'limit',
  'memory',
  'cpu',
  'starting',
] as const
export const WaitReason = z.enum(WAIT_REASONS)
export type WaitReason = z.infer<typeof WaitReason>

export const WaitingFor = z.object({
  reason: WaitReason,
  /** One plain sentence with the figures behind the decision. */
  detail: z.string(),
  /** Ids of the tasks (or the name of the thing) in the way, where there are any. */
  blockedBy: z.array(z.string()).optional(),
  /** Epoch ms since which this reason holds. */
  since: z.number(),
})
export type WaitingFor = z.infer<typeof WaitingFor>

export const PlanStepState = z.enum(['pending', 'active', 'done', 'failed'])

/** One step of a task's plan: done, current or to come. */
export const PlanStep = z.object({
  title: z.string().min(1).max(300),
  state: PlanStepState,
})
export type PlanStep = z.infer<typeof PlanStep>

export const ProgressUpdate = z.object({
  /** Epoch ms. */
  timestamp: z.number(),
  step: z.string(),
  /** 0 to 100. */
  progress: z.number(),
  message: z.string(),
  metadata: z.record(z.string(), z.unknown()).optional(),
})
export type ProgressUpdate = z.infer<typeof ProgressUpdate>

export const TaskError = z.object({ code: TaskErrorCode, message: z.string() })
export type TaskError = z.infer<typeof TaskError>

export const TaskMetrics = z.object({
  /** Seconds of running time, all attempts together. */
  duration: z.number(),
  tokensUsed: z.number(),
  agentsInvolved: z.array(z.string()),
})
export type TaskMetrics = z.infer<typeof TaskMetrics>

export const TaskArtifacts = z.object({
  /** Paths relative to the workspace. */
  files: z.array(z.string()),
  changes: z.number(),
})
export type TaskArtifacts = z.infer<typeof TaskArtifacts>

export const TaskResult = z.object({
  success: z.boolean(),
  /** A report (Markdown) of an agent, or `{exitCode, stdout…}` shaped by the kind of task. */
  output: z.unknown(),
  metrics: TaskMetrics,
  artifacts: TaskArtifacts.optional(),
  error: TaskError.optional(),
})
export type TaskResult = z.infer<typeof TaskResult>

/** Seconds that are left, from the quicker to the slower end of what the data allow. */
export const EstimatedRange = z.object({ low: z.number(), high: z.number() })
export type EstimatedRange = z.infer<typeof EstimatedRange>

/** A running task that has shown no sign of life for long; it is told, not ended. */
export const Stall = z.object({
  /** Epoch ms of its last sign of life. */
  since: z.number(),
  detail: z.string(),
})
export type Stall = z.infer<typeof Stall>

export const TaskStatus = z.object({
  id: TaskId,
  state: TaskState,
  /** 0 to 100. */
  progress: z.number(),
  currentStep: z.string().optional(),
  /** Seconds. */
  estimatedTimeRemaining: z.number().optional(),
  estimatedRange: EstimatedRange.optional(),
  stalled: Stall.optional(),
  waitingFor: WaitingFor.optional(),
  result: TaskResult.optional(),
  error: TaskError.optional(),
})
export type TaskStatus = z.infer<typeof TaskStatus>

/** Everything a list or a detail view shows of a task; times are epoch ms. */
export const TaskView = z.object({
  id: TaskId,
  type: TaskType,
  description: z.string(),
  agentType: z.string(),
  command: z.string().optional(),
  workspace: z.string(),
  conversationId: ConversationId.optional(),
  priority: z.number(),
  state: TaskState,
  progress: z.number(),
  currentStep: z.string().optional(),
  steps: z.array(PlanStep),
  estimatedTimeRemaining: z.number().optional(),
  estimatedRange: EstimatedRange.optional(),
  stalled: Stall.optional(),
  waitingFor: WaitingFor.optional(),
  /** Attempts begun so far. */
  attempt: z.number(),
  maxAttempts: z.number(),
  timeoutMs: z.number().optional(),
  limits: TaskLimits.optional(),
  budget: Budget.optional(),
  usage: Usage.optional(),
  /** Highest memory and processor use of its processes that were seen; the latter takes a moment to see. */
  peak: z.object({ memoryBytes: z.number(), cpuPercent: z.number().nullable() }).optional(),
  /** What has to be true before it counts as done. */
  checks: z.array(Check).optional(),
  /** How much of it the person is told, where that is not as the preferences say. */
  notify: TaskNotify.optional(),
  parentId: TaskId.optional(),
  /** The recurring task that it is a run of. */
  scheduleId: ScheduleId.optional(),
  /** The task that it does once more. */
  rerunOf: TaskId.optional(),
  /** Not before this instant. */
  runAt: z.number().optional(),
  /** It could not run at its instant and ran later. */
  missed: z.object({ scheduledAt: z.number(), ranAt: z.number() }).optional(),
  /** What it depends on; told with a single task, not in lists. */
  dependencies: z.array(TaskId).optional(),
  createdAt: z.number(),
  startedAt: z.number().optional(),
  completedAt: z.number().optional(),
  /** Running time of the stretches that have ended: none in which it waited or the program was closed. */
  runningMs: z.number().optional(),
  error: TaskError.optional(),
  /** Its log was removed, at this instant, as the settings say. */
  outputRemovedAt: z.number().optional(),
})
export type TaskView = z.infer<typeof TaskView>

/**
 * How long an ended task took, in ms; null of one that never ran. A lead rests while its workers run, which is its
 * work too; of any other only the time counts in which it ran.
 */
export function tookMs({
  type,
  startedAt,
  completedAt,
  runningMs,
}: Pick<TaskView, 'type' | 'startedAt' | 'completedAt' | 'runningMs'>): number | null {
  if (startedAt === undefined || completedAt === undefined) return null
  // A clock that was set back makes it short, not negative.
  const whole = Math.max(0, completedAt - startedAt)
  return type === 'orchestration' ? whole : (runningMs ?? whole)
}

/**
 * One try at a task, in stretches where it waited or the host crashed; its output begins at `logOffset`. One that was
 * `interrupted` ends when it was last known to run.
 */
export const TaskAttempt = z.object({
  attempt: z.number(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** How it ended (`completed`, `failed`, `cancelled`, or why it went on later); null while it runs. */
  outcome: z.string().nullable(),
  error: TaskError.nullable(),
  /** UTF-16 units of the task's log. */
  logOffset: z.number(),
  logEnd: z.number(),
})
export type TaskAttempt = z.infer<typeof TaskAttempt>

/** The seed's record of a submitted task (SEEDS B2). */
export interface BackgroundTask {
  readonly id: TaskId
  readonly type: TaskType
  readonly description: string
  readonly agentType: string
  readonly input: unknown
  readonly priority: number
  readonly estimatedDuration?: number
  readonly dependencies?: readonly TaskId[]
  readonly createdAt: number
  readonly startedAt?: number
  readonly completedAt?: number
}
