import type {
  ExecutionContext,
  ExecutionOutcome,
  TaskExecutor,
} from '../../src/main/core/scheduler/executor.js'
import type { TaskId } from '../../src/shared/model/ids.js'

/** A run that a test plays: it ends when the test says so, or when it is stopped. */
export interface ScriptedRun {
  readonly context: ExecutionContext
  end(outcome: ExecutionOutcome): void
}

export class ScriptedExecutor implements TaskExecutor {
  /** Ids in the order in which they were started, each start once more. */
  readonly starts: TaskId[] = []
  readonly running = new Map<TaskId, ScriptedRun>()

  execute(context: ExecutionContext): Promise<ExecutionOutcome> {
    const { id } = context.task
    this.starts.push(id)
    return new Promise((resolve) => {
      const end = (outcome: ExecutionOutcome) => {
        this.running.delete(id)
        resolve(outcome)
      }
      this.running.set(id, { context, end })
      context.signal.addEventListener('abort', () =>
        end({
          kind: 'failed',
          error: { code: 'cancelled', message: 'stopped' },
          output: 'partial',
          retryable: false,
        }),
      )
    })
  }

  end(id: TaskId, outcome: ExecutionOutcome = { kind: 'completed', output: 'done' }): void {
    const run = this.running.get(id)
    if (run === undefined) throw new Error(`${id} does not run`)
    run.end(outcome)
  }
}
