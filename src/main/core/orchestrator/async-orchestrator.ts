import type { TaskId } from '../../../shared/model/ids.js'
import type { ProgressUpdate, TaskResult, TaskStatus } from '../../../shared/model/task.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import { resolveWorkspace } from '../scheduler/intake.js'
import { type Selectable, type Selection, selectAgent } from './select-agent.js'

export interface AsyncOrchestratorOptions {
  readonly queue: () => BackgroundTaskQueue
  readonly agentsIn: (workspace: string) => Promise<readonly Selectable[]>
  readonly defaultWorkspace: () => string
}

/** What is to be done; who does it is chosen where that is left open. */
export type Execution = Partial<TaskSubmitParams> & Pick<TaskSubmitParams, 'description'>

export interface Started {
  readonly taskId: TaskId
  /** Who does it, and why; absent where the task says so itself or needs no agent. */
  readonly choice?: Pick<Selection, 'agent' | 'reason'>
}

/** As long as a task takes; a caller ends the wait by its signal. */
const LONGEST_WAIT_MS = 7 * 24 * 60 * 60 * 1000

/** The seed's way to have something done (SEEDS B6): at once or in the background, by the agent that suits. */
export class AsyncOrchestrator {
  readonly #options: AsyncOrchestratorOptions

  constructor(options: AsyncOrchestratorOptions) {
    this.#options = options
  }

  /** Answers when the task is stored; the work starts afterwards. @throws what `submit` throws */
  async executeTaskAsync(execution: Execution): Promise<Started> {
    const { queue } = this.#options
    const params = { type: 'agent_execution' as const, ...execution }
    if (params.type !== 'agent_execution' || params.agentType !== undefined) {
      return { taskId: await queue().submit(params) }
    }
    const { agent, reason } = await this.selectAgent(params.description, params.workspace)
    const taskId = await queue().submit({ ...params, agentType: agent })
    return { taskId, choice: { agent, reason } }
  }

  /** Waits for the end. Null when the signal ended the wait. @throws what `submit` throws */
  async executeTask(execution: Execution, signal: AbortSignal): Promise<TaskResult | null> {
    const { taskId } = await this.executeTaskAsync(execution)
    return this.#options.queue().waitForResult(taskId, LONGEST_WAIT_MS, signal)
  }

  /** @throws AppError `not_found` */
  checkTask(id: TaskId): TaskStatus {
    return this.#options.queue().getStatus(id)
  }

  /** Null while unfinished. @throws AppError `not_found` */
  getTaskResult(id: TaskId): TaskResult | null {
    return this.#options.queue().getResult(id)
  }

  /** Each update once, in order, from the start; ends with the task. @throws AppError `not_found` */
  streamTaskProgress(id: TaskId, signal?: AbortSignal): AsyncIterableIterator<ProgressUpdate> {
    return this.#options.queue().streamProgress(id, signal === undefined ? {} : { signal })
  }

  /** @throws what `resolveWorkspace` throws */
  async selectAgent(description: string, workspace: string | undefined): Promise<Selection> {
    const { agentsIn, defaultWorkspace } = this.#options
    const folder = await resolveWorkspace(workspace ?? defaultWorkspace())
    return selectAgent(description, await agentsIn(folder))
  }
}
