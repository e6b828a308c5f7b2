import type { TaskId } from '../../../shared/model/ids.js'
import type { ResourceTrace } from '../../../shared/model/resources.js'
import type { TaskAttempt, TaskView } from '../../../shared/model/task.js'
import type { TimelineEntry } from '../../../shared/rpc/task.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import { selectTaskResources } from '../store/queries/resources.js'
import type { TaskOverview, TaskRecord } from '../tasks/task-record.js'
import { readTimeline } from './read-timeline.js'
import { type FoundLines, type LogSearch, searchLog } from './search-log.js'
import { readAttempts, readLog, readLogEnd, type TaskLogPage } from './task-log.js'

export interface TaskTracesOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly view: (task: TaskOverview) => TaskView
  /** @throws AppError `not_found` */
  readonly requireTask: (id: TaskId) => TaskRecord
}

/** What tasks leave behind while they run: attempts, output, use of the machine. Only read here. */
export class TaskTraces {
  readonly #options: TaskTracesOptions

  constructor(options: TaskTracesOptions) {
    this.#options = options
  }

  /** Every stretch of every attempt, oldest first. */
  attempts(id: TaskId): TaskAttempt[] {
    const { log, clock, requireTask } = this.#options
    const task = requireTask(id)
    return log.query((db) => readAttempts(db, task, clock.now()))
  }

  /** Output from `sinceOffset` on (UTF-16 units); `complete` when no more will come. */
  log(id: TaskId, sinceOffset: number): TaskLogPage {
    const { log, requireTask } = this.#options
    const task = requireTask(id)
    return log.query((db) => readLog(db, task, sinceOffset))
  }

  /** The last `characters` of the output. */
  logEnd(id: TaskId, characters: number): TaskLogPage {
    const { log, requireTask } = this.#options
    const task = requireTask(id)
    return log.query((db) => readLogEnd(db, task, characters))
  }

  async searchLog(wanted: LogSearch, signal: AbortSignal): Promise<FoundLines> {
    this.#options.requireTask(wanted.taskId)
    return searchLog(this.#options, wanted, signal)
  }

  /** What its processes took over time, one trace for each stretch, oldest first. */
  resources(id: TaskId): ResourceTrace[] {
    const { log, clock, requireTask } = this.#options
    requireTask(id)
    return log.query((db) => selectTaskResources(db, id, clock.now()))
  }

  /** The tasks with these ordinals, in their order, and when each of them ran. */
  timeline(ordinals: readonly number[]): TimelineEntry[] {
    const { log, clock, view } = this.#options
    const entries = log.query((db) => readTimeline(db, ordinals, clock.now()))
    return entries.map(({ task, ...rest }) => ({ task: view(task), ...rest }))
  }
}
