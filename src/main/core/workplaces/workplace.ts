import type { TaskArtifacts } from '../../../shared/model/task.js'
import type { ExecutionContext } from '../scheduler/executor.js'

/** The folder that one task works in, from its first run to its end. */
export interface Workplace {
  /** Absolute, symbolic links resolved. */
  readonly path: string
  /**
   * Secures what was done: commits it, and merges it into the branch of the lead where the task is part of
   * a team. May be called again after a crash.
   * @param signal of the run
   */
  deliver(signal: AbortSignal): Promise<Delivery>
}

export type Delivery =
  | { readonly kind: 'delivered'; readonly artifacts: TaskArtifacts | null }
  | {
      /** Git could not merge it; the merge was begun in the workplace, with its marks of conflict. */
      readonly kind: 'conflict'
      /** Relative to the workplace. */
      readonly files: readonly string[]
      /** One sentence. */
      readonly detail: string
    }

/** Where tasks work. */
export interface WorkplaceSource {
  /**
   * The workplace of a task: the one that an earlier run of it had, or a new one.
   * @throws AppError that says why there can be none
   */
  open(context: WorkplaceContext): Promise<Workplace>
}

/** What making a workplace needs of a run. */
export type WorkplaceContext = Pick<ExecutionContext, 'task' | 'signal' | 'spawn' | 'output'>
