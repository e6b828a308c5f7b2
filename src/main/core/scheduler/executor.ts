import type { TaskId } from '../../../shared/model/ids.js'
import type { PlanStep, TaskArtifacts, TaskError } from '../../../shared/model/task.js'
import type { ProcessEnd, SpawnRequest } from '../ports.js'
import type { OwnWaitReason, TaskRecord } from '../tasks/task-record.js'

/** Why a run was told to stop; the reason of its `AbortSignal`. */
export type StopCause = 'cancelled' | 'timeout' | 'budget' | 'shutdown' | 'set_aside'

/** How a run of a task ended, as its executor sees it. */
export type ExecutionOutcome =
  | {
      readonly kind: 'completed'
      readonly output: unknown
      readonly artifacts?: TaskArtifacts
      readonly agents?: readonly string[]
    }
  | {
      readonly kind: 'failed'
      readonly error: TaskError
      /** What there is of a result; kept also when the task failed. */
      readonly output: unknown
      /** False where another attempt cannot help: wrong input, wrong key. */
      readonly retryable: boolean
      readonly artifacts?: TaskArtifacts
      readonly agents?: readonly string[]
    }
  | {
      /** It was asked to go back into the line between two steps. */
      readonly kind: 'gave_way'
    }
  | {
      /** Gives up slot and lease; runs again, from its last finished step, when the wait is over. */
      readonly kind: 'waiting'
      readonly reason: OwnWaitReason
      readonly detail: string
      readonly untilMs: number | null
    }

/** What came out of a task that this one depended on. */
export interface EarlierResult {
  readonly id: TaskId
  readonly description: string
  readonly success: boolean
  /** The beginning of its output. */
  readonly output: string
}

/** What a run may do to its task. Calls after the run was stopped change nothing. */
export interface ExecutionContext {
  readonly task: TaskRecord
  /** Where it works: absolute, symlinks resolved. Its own workspace, or one that was made for it. */
  readonly workspace: string
  /** Of its dependencies, in the order of their submission. */
  earlier(): readonly EarlierResult[]
  readonly signal: AbortSignal
  /** Whether to end at the end of this step, with `gave_way`. */
  mustGiveWay(): boolean
  /** Running time of this run so far. */
  elapsedMs(): number
  output(text: string): void
  setPlan(steps: readonly PlanStep[]): void
  /** Runs a process that belongs to this run: recorded, and dead before the run's slot is free. */
  spawn(request: Omit<SpawnRequest, 'marker' | 'signal' | 'onSpawn'>): Promise<ProcessEnd>
  /** The last part of the task's output, at most about this many UTF-16 units. */
  outputTail(characters: number): string
}

/**
 * Runs a task: task in, events out, abortable. A local process or agent loop today; an engine on
 * other machines could stand behind it.
 */
export interface TaskExecutor {
  /** Must settle soon after the signal aborts. A throw is a defect and fails the task as `internal`. */
  execute(context: ExecutionContext): Promise<ExecutionOutcome>
}
