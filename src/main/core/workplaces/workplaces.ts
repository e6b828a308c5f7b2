import type { TaskId } from '../../../shared/model/ids.js'
import type { Transaction } from '../events/event-log.js'
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

  async save(_taskId: TaskId, _name: string): Promise<null> {
    return null
  }

  async forget(_repository: string, _name: string): Promise<void> {
    // Nothing is kept yet.
  }

  begins(
    _tx: Transaction,
    _id: TaskId,
    _workspace: { readonly repository: string; readonly commit: string },
  ): void {
    // Nothing is kept yet.
  }

  async start(): Promise<void> {
    // Nothing to mend yet.
  }

  async stop(): Promise<void> {
    // Nothing to end yet.
  }
}
