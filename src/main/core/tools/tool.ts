import type { z } from 'zod'
import type { PlanStep } from '../../../shared/model/task.js'
import type { ProcessEnd, SpawnRequest } from '../ports.js'
import type { OwnWaitReason } from '../tasks/task-record.js'

/** What a tool may touch while it runs; made anew for each run of an agent. */
export interface ToolContext {
  /** Names this call; the same when it is run again after a crash. */
  readonly callId: string
  /** Absolute path, symlinks resolved. */
  readonly workspace: string
  readonly signal: AbortSignal
  /** Live output, shown to whoever watches the task and kept in its log. */
  readonly output: (text: string) => void
  /** Runs a process that belongs to this run: recorded, limited, killed with it. */
  readonly spawn: (
    request: Omit<SpawnRequest, 'marker' | 'signal' | 'onSpawn'>,
  ) => Promise<ProcessEnd>
  readonly setPlan: (steps: readonly PlanStep[]) => void
  /** Notes a file (relative path) that this run created or changed. */
  readonly noteChange: (path: string) => void
}

export interface ToolOutcome {
  /** What the model reads. Errors begin with a code of the closed set. */
  readonly content: string
  readonly isError: boolean
  /** Set by `finish` alone: ends the run with this report. */
  readonly finish?: FinishReport
  /** Set by a tool that waits for something outside; only by one that may be repeated. */
  readonly wait?: ToolWait
}

/** The call has no result yet: its task gives up its slot, and the call is looked at again when the wait is over. */
export interface ToolWait {
  readonly reason: OwnWaitReason
  readonly detail: string
  /** Epoch ms; null for no end. */
  readonly untilMs: number | null
}

export interface FinishReport {
  readonly success: boolean
  /** Markdown. */
  readonly report: string
}

export interface Tool<S extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly description: string
  readonly input: S
  /** Whether a call may simply be run again when a crash left its result unknown: it only reads. */
  readonly readOnly: boolean
  /** One short line for people: what this call does. */
  summarize(input: z.output<S>): string
  /**
   * Errors that are expected are outcomes, or an `AppError` that becomes one; any other throw is a
   * defect, answered as `internal` and logged.
   */
  run(input: z.output<S>, context: ToolContext): Promise<ToolOutcome>
}
