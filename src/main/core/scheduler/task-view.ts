import type { Usage } from '../../../shared/model/budget.js'
import type { TaskStatus, TaskView, WaitingFor } from '../../../shared/model/task.js'
import { TOLERANCE_MS } from '../schedules/misfire.js'
import type { TaskOverview, TaskRecord } from '../tasks/task-record.js'
import type { Estimate } from './estimate.js'
import { stallOf } from './stall.js'

export interface ViewFacts {
  readonly waitingFor: WaitingFor | null
  readonly estimate: Estimate | null
}

function common(task: TaskOverview, facts: ViewFacts) {
  return {
    id: task.id,
    state: task.state,
    progress: task.progress,
    ...(task.currentStep === null || task.state !== 'running'
      ? {}
      : { currentStep: task.currentStep }),
    ...(facts.estimate === null ? {} : estimated(facts.estimate)),
    ...stallOf(task),
    ...(facts.waitingFor === null ? {} : { waitingFor: facts.waitingFor }),
    ...(task.error === null ? {} : { error: task.error }),
  }
}

function estimated({ remainingS, range }: Estimate) {
  return { estimatedTimeRemaining: remainingS, estimatedRange: range }
}

/** The seed's status record (SEEDS B3). */
export function statusOf(task: TaskRecord, facts: ViewFacts): TaskStatus {
  return { ...common(task, facts), ...(task.result === null ? {} : { result: task.result }) }
}

export function viewOf(task: TaskOverview, facts: ViewFacts): TaskView {
  return {
    ...common(task, facts),
    type: task.type,
    description: task.description,
    agentType: task.agentType,
    ...(task.command === null ? {} : { command: task.command }),
    workspace: task.workspace,
    ...(task.conversationId === null ? {} : { conversationId: task.conversationId }),
    priority: task.priority,
    steps: [...task.plan],
    attempt: task.attempt,
    maxAttempts: task.maxAttempts,
    ...(task.timeoutMs === null ? {} : { timeoutMs: task.timeoutMs }),
    ...(task.limits === null ? {} : { limits: task.limits }),
    ...(task.budget === null ? {} : { budget: task.budget }),
    usage: usageOf(task),
    ...peakOf(task),
    ...(task.checks.length === 0 ? {} : { checks: [...task.checks] }),
    ...(task.notify === null ? {} : { notify: task.notify }),
    ...(task.parentId === null ? {} : { parentId: task.parentId }),
    ...(task.scheduleId === null ? {} : { scheduleId: task.scheduleId }),
    ...(task.rerunOf === null ? {} : { rerunOf: task.rerunOf }),
    ...(task.outputRemovedMs === null ? {} : { outputRemovedAt: task.outputRemovedMs }),
    ...(task.runAtMs === null ? {} : { runAt: task.runAtMs }),
    ...missedInstant(task),
    createdAt: task.createdAtMs,
    ...(task.startedAtMs === null ? {} : { startedAt: task.startedAtMs }),
    ...(task.completedAtMs === null ? {} : { completedAt: task.completedAtMs }),
    runningMs: task.runningMs,
  }
}

export function usageOf(task: TaskOverview): Usage {
  return {
    tokens: task.tokensUsed,
    costUsd: task.unpricedTokens > 0 ? null : task.costMicroUsd / 1e6,
    turns: task.turns,
  }
}

function peakOf({ peakMemoryBytes, peakCpuPercent }: TaskOverview): Pick<TaskView, 'peak'> {
  if (peakMemoryBytes === null) return {}
  return { peak: { memoryBytes: peakMemoryBytes, cpuPercent: peakCpuPercent } }
}

function missedInstant({ runAtMs, startedAtMs }: TaskOverview): Pick<TaskView, 'missed'> {
  if (runAtMs === null || startedAtMs === null || startedAtMs - runAtMs <= TOLERANCE_MS) return {}
  return { missed: { scheduledAt: runAtMs, ranAt: startedAtMs } }
}
