import type { TaskId } from '../../../shared/model/ids.js'
import { rankOf } from '../../../shared/model/rank.js'
import type {
  PlanStep,
  TaskError,
  TaskResult,
  TaskState,
  WaitingFor,
} from '../../../shared/model/task.js'
import type { Transaction } from '../events/event-log.js'
import { countEnd } from '../figures/end-figures.js'
import { highest } from '../figures/highest.js'
import type { ProcessIdentity } from '../ports.js'
import type { ReadDb } from '../store/database.js'
import { hasAttempt, insertAttempt } from '../store/queries/attempts.js'
import { selectOutputEnd, selectOutputTail } from '../store/queries/task-output.js'
import { endTask, type Peak, parkTask, startTask } from '../store/queries/task-states.js'
import { abandonTask, emptyTask, selectTask } from '../store/queries/tasks.js'
import type { OwnWaitReason, TaskOverview, TaskRecord } from '../tasks/task-record.js'
import { about } from './task-events.js'

/** Writes what else becomes true when a task ends (a card in its conversation), in the same commit. */
export type EndedHook = (
  transaction: Transaction,
  task: TaskRecord,
  state: TaskState,
  result: TaskResult,
) => void

/** Writes what else becomes true when a task was submitted, in the same commit. */
export type CreatedHook = (transaction: Transaction, task: TaskRecord) => void

/** Follows a task through the commits in which it begins a stretch of running, and leaves off without an end. */
export interface RunFollower {
  began(transaction: Transaction, task: TaskRecord): void
  /** After it is back in the line. */
  parked(transaction: Transaction, task: TaskRecord, park: Park): void
  /** One that had ended is to be tried again. @throws AppError when its owner does not take it */
  reopened(transaction: Transaction, task: TaskRecord): void
}

/** What a result keeps of the output, in UTF-16 units. */
const KEPT_OUTPUT = 64 * 1024
/** The outcome of a stretch in which the program ended. */
const INTERRUPTED = 'interrupted'

export interface Begun {
  readonly attempt: number
  /** Running time of its earlier stretches. */
  readonly attemptMs: number
  /** Where this stretch begins in the task's log. */
  readonly logOffset: number
}

/** Takes slot and lease; null when the task is not pending any more. */
export function begin(
  transaction: Transaction,
  task: TaskRecord,
  owner: ProcessIdentity,
): Begun | null {
  const { db, at } = transaction
  const goesOn = task.attemptOpen
  const attempt = goesOn ? task.attempt : task.attempt + 1
  const attemptMs = goesOn ? task.attemptMs : 0
  const logOffset = task.attempt === 0 ? 0 : selectOutputEnd(db, task.id)
  if (!startTask(db, task.id, { attempt, attemptMs, owner, logOffset, atMs: at })) return null
  transaction.emit('task.started', { ...about(task), attempt })
  return { attempt, attemptMs, logOffset }
}

/**
 * Puts the last stretch of a task on record: before the task begins another one, and at once where it had been over
 * before the task ended.
 */
export function closeStretch(
  { db }: Transaction,
  task: TaskRecord,
  close: { readonly outcome: string; readonly error: TaskError | null; readonly endedAtMs: number },
): void {
  if (task.stretchStartedAtMs === null) return
  insertAttempt(db, {
    taskId: task.id,
    attempt: task.attempt,
    startedAtMs: task.stretchStartedAtMs,
    endedAtMs: Math.max(task.stretchStartedAtMs, close.endedAtMs),
    outcome: close.outcome,
    error: close.error,
    logOffset: task.stretchLogOffset,
  })
}

/** Whether the last stretch of a task that has ended had been over before. */
export function isStretchClosed(
  db: ReadDb,
  { id: taskId, attempt, stretchStartedAtMs: startedAtMs, error }: TaskOverview,
): boolean {
  if (error?.code !== INTERRUPTED || startedAtMs === null) return false
  return hasAttempt(db, { taskId, attempt, startedAtMs })
}

/**
 * The stored task. One that cannot be read is ended here (its row is in quarantine), since a task
 * that stays pending or running without anybody who could act on it would be met again for ever.
 */
export function readOrFail(
  transaction: Transaction,
  id: TaskId,
  hooks: readonly EndedHook[],
): TaskRecord | undefined {
  const { db, at } = transaction
  const task = selectTask(db, id, at)
  if (task !== undefined) return task
  emptyTask(db, id)
  const rest = selectTask(db, id, at)
  if (rest === undefined) {
    abandonTask(db, id, at)
    return undefined
  }
  const message =
    'the stored task cannot be read: its row is damaged and was set aside; submit it again'
  end(
    transaction,
    rest,
    {
      state: 'failed',
      output: undefined,
      error: { code: 'internal', message },
      runningMs: rest.runningMs,
      tokensUsed: rest.tokensUsed,
      agents: [],
      peak: null,
    },
    hooks,
  )
  return undefined
}

export interface End {
  readonly state: 'completed' | 'failed' | 'cancelled'
  /** Undefined of a run that could not speak for itself: then what it wrote is what there is. */
  readonly output: unknown
  readonly error: TaskError | null
  readonly runningMs: number
  readonly tokensUsed: number
  readonly agents: readonly string[]
  readonly artifacts?: TaskResult['artifacts']
  readonly peak: Peak | null
  /** When its last stretch was over, where that was not now. */
  readonly stretchEndedAtMs?: number
}

/** Ends a task for good, once; false when it had ended before. */
export function end(
  transaction: Transaction,
  task: TaskRecord,
  ending: End,
  hooks: readonly EndedHook[],
): boolean {
  const { db, at } = transaction
  const result: TaskResult = {
    success: ending.state === 'completed',
    output: ending.output ?? selectOutputTail(db, task.id, KEPT_OUTPUT),
    metrics: {
      duration: Math.round(ending.runningMs) / 1000,
      tokensUsed: ending.tokensUsed,
      agentsInvolved: [...ending.agents],
    },
    ...(ending.artifacts === undefined ? {} : { artifacts: ending.artifacts }),
    ...(ending.error === null ? {} : { error: ending.error }),
  }
  const { state, error, runningMs, peak } = ending
  const plan = settledPlan(task.plan, state)
  if (!endTask(db, task.id, { state, atMs: at, runningMs, result, error, plan, peak })) {
    return false
  }
  const { stretchEndedAtMs: endedAtMs } = ending
  if (endedAtMs !== undefined) {
    closeStretch(transaction, task, { outcome: INTERRUPTED, error, endedAtMs })
  }
  const cause: TaskError = error ?? { code: 'internal', message: 'ended without a reason' }
  if (state === 'completed') transaction.emit('task.completed', { ...about(task), result })
  else transaction.emit(`task.${state}`, { ...about(task), error: cause, result })
  const ended: TaskRecord = {
    ...task,
    ...{ state, completedAtMs: at, runningMs, error, result, plan },
    peakMemoryBytes: highest(task.peakMemoryBytes, peak?.memoryBytes),
    peakCpuPercent: highest(task.peakCpuPercent, peak?.cpuPercent),
  }
  countEnd(transaction, ended, 1)
  for (const hook of hooks) hook(transaction, ended, state, result)
  return true
}

/** Nothing of a task that has ended is under way. */
function settledPlan(plan: readonly PlanStep[], state: End['state']): PlanStep[] {
  const now = state === 'completed' ? 'done' : 'failed'
  return plan.map((step) => (step.state === 'active' ? { ...step, state: now } : step))
}

/** Ends a task that does not run; false when it had ended before. */
export function cancelWaiting(
  transaction: Transaction,
  task: TaskRecord,
  error: TaskError,
  hooks: readonly EndedHook[],
): boolean {
  const { runningMs, tokensUsed } = task
  const ending = {
    state: 'cancelled',
    output: task.attempt === 0 ? '' : undefined,
    error,
    runningMs,
    tokensUsed,
    agents: [],
    peak: null,
  } as const
  return end(transaction, task, ending, hooks)
}

/** Ends a task that does not run with a result that another one had; false when it had ended before. */
export function completeWaiting(
  transaction: Transaction,
  task: TaskRecord,
  { output, metrics, artifacts }: TaskResult,
  hooks: readonly EndedHook[],
): boolean {
  const { runningMs, tokensUsed } = task
  const ending = {
    ...{ state: 'completed' as const, output, error: null, runningMs, tokensUsed, peak: null },
    agents: metrics.agentsInvolved,
    ...(artifacts === undefined ? {} : { artifacts }),
  }
  return end(transaction, task, ending, hooks)
}

export interface Park {
  readonly reason: OwnWaitReason | null
  readonly detail: string | null
  readonly untilMs: number | null
  readonly runningMs: number
  readonly attemptMs: number
  readonly interruptions: number
  readonly peak: Peak | null
  readonly endedAtMs?: number
  /** Whether the same attempt goes on afterwards; otherwise it is closed with this error. */
  readonly attemptEnd: { readonly outcome: string; readonly error: TaskError | null } | null
}

/** Gives up slot and lease; the task runs again, first in line, when nothing holds it back. */
export function park(transaction: Transaction, task: TaskRecord, wait: Park): boolean {
  const { db, at } = transaction
  const parked = parkTask(db, task.id, {
    reason: wait.reason,
    detail: wait.detail,
    sinceMs: at,
    notBeforeMs: wait.untilMs,
    rank: rankOf(task),
    attemptOpen: wait.attemptEnd === null,
    interruptions: wait.interruptions,
    runningMs: wait.runningMs,
    attemptMs: wait.attemptMs,
    peak: wait.peak,
  })
  if (!parked) return false
  if (task.state === 'running') {
    const close = wait.attemptEnd ?? { outcome: wait.reason ?? INTERRUPTED, error: null }
    closeStretch(transaction, task, { ...close, endedAtMs: wait.endedAtMs ?? at })
  }
  const waitingFor: WaitingFor = {
    reason: wait.reason ?? 'starting',
    detail: wait.detail ?? 'Starts again as soon as there is room.',
    since: at,
  }
  transaction.emit('task.waiting', { ...about(task), waitingFor })
  return true
}

/**
 * Holds a waiting task back for a reason of its owner. It keeps the instant until which it is to rest (backoff,
 * quota); any other wait is looked at anew when it is let go.
 */
export function holdBack(
  transaction: Transaction,
  task: TaskRecord,
  { reason, detail }: { readonly reason: OwnWaitReason; readonly detail: string },
): void {
  const { runningMs, attemptMs, attemptOpen, interruptions, rank, ownWait } = task
  const rests = ownWait === 'backoff' || ownWait === 'quota' || ownWait === reason
  const notBeforeMs = rests ? task.notBeforeMs : null
  const sinceMs = transaction.at
  const kept = { runningMs, attemptMs, attemptOpen, interruptions, notBeforeMs, rank, peak: null }
  parkTask(transaction.db, task.id, { ...kept, reason, detail, sinceMs })
  const waitingFor: WaitingFor = { reason, detail, since: sinceMs }
  transaction.emit('task.waiting', { ...about(task), waitingFor })
}

/** A timer is due: from now on only queue-wide reasons hold the task back. */
export function wakeUp(transaction: Transaction, task: TaskRecord): void {
  parkTask(transaction.db, task.id, {
    reason: null,
    detail: null,
    sinceMs: transaction.at,
    notBeforeMs: null,
    rank: rankOf(task),
    attemptOpen: task.attemptOpen,
    interruptions: task.interruptions,
    runningMs: task.runningMs,
    attemptMs: task.attemptMs,
    peak: null,
  })
  const waitingFor: WaitingFor = {
    reason: 'starting',
    detail: 'The wait is over; starts as soon as there is room.',
    since: transaction.at,
  }
  transaction.emit('task.waiting', { ...about(task), waitingFor })
}
