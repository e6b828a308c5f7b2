import type { TaskStatus, TaskView, WaitingFor } from '../../../shared/model/task.js'
import type { TaskOverview, TaskRecord } from '../tasks/task-record.js'
import { estimate } from './estimate.js'
import type { KindHistory } from './kind-history.js'
import type { TaskRun } from './task-run.js'
import { statusOf, type ViewFacts, viewOf } from './task-view.js'

export interface TaskViewsOptions {
  readonly history: KindHistory
  readonly waitingFor: (task: TaskOverview) => WaitingFor
  readonly runOf: (id: TaskOverview['id']) => TaskRun | undefined
}

/** Tasks as people see them: what is stored, and what only the scheduler knows at this moment. */
export class TaskViews {
  readonly #options: TaskViewsOptions

  constructor(options: TaskViewsOptions) {
    this.#options = options
  }

  status(task: TaskRecord): TaskStatus {
    return statusOf(task, this.#facts(task))
  }

  view(task: TaskOverview): TaskView {
    return viewOf(task, this.#facts(task))
  }

  #facts(task: TaskOverview): ViewFacts {
    const { history, waitingFor, runOf } = this.#options
    if (task.state === 'pending') return { waitingFor: waitingFor(task), estimate: null }
    const run = runOf(task.id)
    if (task.state !== 'running' || run === undefined) return { waitingFor: null, estimate: null }
    return {
      waitingFor: null,
      estimate: estimate({
        progress: task.progress,
        stepsDone: task.plan.filter(({ state }) => state === 'done').length,
        elapsedMs: task.runningMs + run.elapsedMs(),
        estimatedDurationS: task.estimatedDurationS,
        pastRuns: history.of(task.kind),
      }),
    }
  }
}
