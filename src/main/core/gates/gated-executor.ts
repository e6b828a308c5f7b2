import type { Transaction } from '../events/event-log.js'
import type { ExecutionContext, ExecutionOutcome, TaskExecutor } from '../scheduler/executor.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { WorkplaceSource } from '../workplaces/workplace.js'

/** An executor whose finished work can be sent back with what is wrong with it. */
export interface CorrectableExecutor extends TaskExecutor {
  /**
   * Notes, in one commit with `also`, what the agent of a finished run is to mend; the next `execute` goes on
   * with that.
   */
  correct(task: TaskRecord, order: string, also: (transaction: Transaction) => void): void
}

export interface GatedExecutorOptions {
  readonly workplaces: WorkplaceSource
  readonly work: TaskExecutor | CorrectableExecutor
}

/** Does a task where it is to be done, and calls it done when its checks pass. */
export class GatedExecutor implements TaskExecutor {
  readonly #options: GatedExecutorOptions

  constructor(options: GatedExecutorOptions) {
    this.#options = options
  }

  async execute(context: ExecutionContext): Promise<ExecutionOutcome> {
    const { workplaces, work } = this.#options
    const workplace = await workplaces.open(context)
    return work.execute({ ...context, workspace: workplace.path })
  }
}
