import type { ExecutionContext } from '../scheduler/executor.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import type { Workplace, WorkplaceSource } from './workplace.js'

/** Gives tasks a worktree, a copy or their folder to work in. */
export class Workplaces implements WorkplaceSource {
  async open({ task }: Pick<ExecutionContext, 'task'>): Promise<Workplace> {
    return {
      path: task.workspace,
      deliver: async () => ({ kind: 'delivered', artifacts: null }),
    }
  }

  readonly ended: EndedHook = () => undefined

  async start(): Promise<void> {
    // Nothing to mend yet.
  }

  async stop(): Promise<void> {
    // Nothing to end yet.
  }
}
