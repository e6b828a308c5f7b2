import type { TaskId } from '../../../shared/model/ids.js'
import type { QueueState, QueueStats, ResourceLimits } from '../../../shared/model/queue.js'
import { rankOf } from '../../../shared/model/rank.js'
import {
  isTerminal,
  type ProgressUpdate,
  type TaskResult,
  type TaskState,
  type TaskStatus,
  type TaskView,
  type WaitingFor,
} from '../../../shared/model/task.js'
import type { TaskMessage } from '../../../shared/model/task-message.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import type { Transaction } from '../events/event-log.js'
import { countEnd } from '../figures/end-figures.js'
import { queueStats } from '../figures/queue-stats.js'
import { followSchedules } from '../schedules/schedule-life.js'
import { Schedules } from '../schedules/schedules.js'
import { TaskSearch } from '../search/task-search.js'
import { selectDependencies } from '../store/queries/dependencies.js'
import { insertTaskMessage, selectTaskMessages } from '../store/queries/task-messages.js'
import { reopenTask } from '../store/queries/task-states.js'
import { selectOpenBelow } from '../store/queries/task-tree.js'
import {
  selectTask,
  selectTasks,
  selectTasksAt,
  type TaskFilter,
  updatePriority,
} from '../store/queries/tasks.js'
import type { TaskOverview, TaskRecord } from '../tasks/task-record.js'
import { clearWaiting } from './clear-waiting.js'
import { openDependencies, waitFurther, withDependents } from './dependencies.js'
import { firstWait } from './first-wait.js'
import { HeldTasks } from './held-tasks.js'
import { contentHash, refuseWhatCannotBeHonoured, WorkspaceResolver } from './intake.js'
import { missingTask } from './missing-task.js'
import type { Submission } from './new-task.js'
import { progressUpdates, untilEnded } from './progress-stream.js'
import type { TaskStore } from './submissions.js'
import { about } from './task-events.js'
import {
  type CreatedHook,
  closeStretch,
  completeWaiting,
  isStretchClosed,
  readOrFail,
} from './task-lifecycle.js'
import { type SchedulerServices, TaskScheduler } from './task-scheduler.js'
import { createTaskStore } from './task-store.js'
import { TaskTraces } from './task-traces.js'
import { TaskViews } from './task-views.js'

export interface QueueOptions extends SchedulerServices {
  /** Where a task works that names no workspace. */
  readonly defaultWorkspace: () => string
  /** Of a recurring task that names none. */
  readonly timezone: string
  readonly created?: CreatedHook
}

export interface TaskListPage {
  readonly tasks: TaskView[]
  /** Where the next page begins; null when this is the last one. */
  readonly nextOrdinal: number | null
  /** Events up to this one are in the tasks. */
  readonly seq: number
}

/** The queue of background tasks (SEEDS B1): submit, look, wait, steer. Work happens elsewhere. */
export class BackgroundTaskQueue {
  readonly #options: QueueOptions
  readonly #scheduler: TaskScheduler
  readonly schedules: Schedules
  /** For those who decide themselves when their tasks may run. */
  readonly held: HeldTasks

  readonly #store: TaskStore
  readonly #views: TaskViews
  /** What tasks leave behind while they run. */
  readonly traces: TaskTraces
  readonly #search: TaskSearch
  readonly #workspaces: WorkspaceResolver

  constructor(options: QueueOptions) {
    const wake = () => this.#scheduler.wake()
    const hooks = withDependents([...options.hooks, followSchedules(options.ids, wake)])
    this.#options = { ...options, hooks }
    this.#workspaces = new WorkspaceResolver(options.clock)
    this.#search = new TaskSearch(options)
    this.traces = new TaskTraces({
      ...options,
      view: (task) => this.#views.view(task),
      requireTask: (id) => this.#require(id),
    })
    const runNow = (task: TaskRecord) => this.#scheduler.runNow(task)
    this.schedules = new Schedules({ ...options, hooks, wake, runNow })
    this.#store = createTaskStore({
      ids: options.ids,
      hooks,
      created: options.created,
      schedules: this.schedules,
      view: (task) => this.#views.view(task),
    })
    this.#scheduler = new TaskScheduler(this.#options, this.#store)
    this.held = new HeldTasks({
      ...options,
      hooks,
      wake,
      giveWay: (id, why) => this.#scheduler.giveWay(id, why),
      setAside: (id, why) => this.#scheduler.setAside(id, why),
    })
    this.#views = new TaskViews({
      history: this.#scheduler.history,
      waitingFor: (task) => this.#scheduler.waitingFor(task),
      runOf: (id) => this.#scheduler.runOf(id),
    })
  }

  start(): Promise<void> {
    this.schedules.mend()
    return this.#scheduler.start()
  }

  stop(): Promise<void> {
    this.#search.close()
    return this.#scheduler.stop()
  }

  /**
   * Stores the task with its `task.created` event; the work starts afterwards.
   * @throws AppError `invalid_params`, `not_found` for the workspace, `conflict` for an idempotency
   * key that came with other content
   */
  async submit(params: TaskSubmitParams, rerunOf?: TaskId): Promise<TaskId> {
    if (this.#scheduler.settings.draining) throw drainingError()
    refuseWhatCannotBeHonoured(params, this.#options.clock.now())
    const workspace = await this.#workspaces.resolve(
      params.workspace ?? this.#options.defaultWorkspace(),
    )
    // The content matters only to a key that may come twice.
    const hasKey = params.idempotencyKey !== undefined
    return this.#scheduler.submit({
      params,
      workspace,
      contentHash: hasKey ? contentHash(params, workspace) : null,
      ...(rerunOf === undefined ? {} : { rerunOf }),
    })
  }

  /**
   * Stores a task of which somebody else decides, as a part of his commit: one that runs already has others done.
   * @throws AppError as `submit` does
   */
  add(transaction: Transaction, submission: Submission): TaskId {
    refuseWhatCannotBeHonoured(submission.params, transaction.at)
    const known = this.#store.find(transaction, submission)
    transaction.afterCommit(() => this.wake())
    return known ?? this.#store.add(transaction, submission)
  }

  /** Ends a task that has not run with a result that is known; part of the caller's commit. */
  complete(transaction: Transaction, id: TaskId, result: TaskResult): void {
    const { hooks } = this.#options
    const task = readOrFail(transaction, id, hooks)
    if (task !== undefined) completeWaiting(transaction, task, result, hooks)
  }

  getStatus(id: TaskId): TaskStatus {
    const task = this.#require(id)
    return this.#views.status(task)
  }

  /** Null while unfinished. */
  getResult(id: TaskId): TaskResult | null {
    return this.#require(id).result
  }

  /** Waits up to `waitMs` for the end; null when it did not come. */
  async waitForResult(id: TaskId, waitMs: number, signal: AbortSignal): Promise<TaskResult | null> {
    const task = this.#require(id)
    if (isTerminal(task.state) || waitMs === 0) return task.result
    const { log, clock } = this.#options
    await untilEnded(log, clock, id, waitMs, signal)
    return this.getResult(id)
  }

  /** Each update once, in order, from the start or after `sinceSeq`; ends with the task. */
  streamProgress(
    id: TaskId,
    options: { readonly sinceSeq?: number; readonly signal?: AbortSignal } = {},
  ): AsyncIterableIterator<ProgressUpdate> {
    this.#require(id)
    return progressUpdates(
      this.#options.log,
      id,
      () => isTerminal(this.#require(id).state),
      options.sinceSeq ?? 0,
      options.signal,
    )
  }

  /** Why a task does not run; null for one that does, has ended, or cannot be read. */
  waitingFor(id: TaskId): WaitingFor | null {
    const { log, clock } = this.#options
    const task = log.query((db) => selectTask(db, id, clock.now()))
    return task?.state === 'pending' ? this.#scheduler.waitingFor(task) : null
  }

  /** Undefined where there is none. */
  find(id: TaskId): TaskView | undefined {
    const { log, clock } = this.#options
    const task = log.query((db) => selectTask(db, id, clock.now()))
    return task === undefined ? undefined : this.#views.view(task)
  }

  get(id: TaskId): { task: TaskView; result: TaskResult | null } {
    const task = this.#require(id)
    const dependencies = this.#options.log
      .query((db) => selectDependencies(db, id))
      .map((dependency) => dependency.id)
    const view = this.#views.view(task)
    return {
      task: dependencies.length === 0 ? view : { ...view, dependencies },
      result: task.result,
    }
  }

  /** Newest first. */
  list(filter: TaskFilter): TaskListPage {
    const { log, clock } = this.#options
    const { tasks, nextOrdinal } = log.query((db) => selectTasks(db, filter, clock.now()))
    return { ...this.#shown(tasks), nextOrdinal }
  }

  /**
   * The tasks of the list that have the text as part of the id, the description, the error or the
   * beginning of the output: a full page, or all that there are. Takes its time when there are many,
   * and shows the tasks as they are when it answers.
   */
  async search(filter: TaskFilter, query: string, signal: AbortSignal): Promise<TaskListPage> {
    const { ordinals, nextOrdinal } = await this.#search.find(filter, query, signal)
    return { ...this.at(ordinals), nextOrdinal }
  }

  /** The tasks with these ordinals as they are now, in their order. */
  at(ordinals: readonly number[]): Omit<TaskListPage, 'nextOrdinal'> {
    const { log, clock } = this.#options
    return this.#shown(log.query((db) => selectTasksAt(db, ordinals, clock.now())))
  }

  #shown(tasks: readonly TaskOverview[]): Omit<TaskListPage, 'nextOrdinal'> {
    return {
      tasks: tasks.map((task) => this.#views.view(task)),
      seq: this.#options.log.lastSeq(),
    }
  }

  /**
   * Resolves when the task's processes are dead and its end is stored. A recurring task ends with the run
   * that waits for its instant. What it is the parent of is cancelled with it.
   */
  async cancel(id: TaskId): Promise<TaskState> {
    const task = this.#require(id)
    if (isTerminal(task.state)) {
      throw new AppError(
        'invalid_state',
        `task ${id} is ${task.state} already: there is nothing to cancel`,
      )
    }
    const { log, clock } = this.#options
    const below = log.query((db) => selectOpenBelow(db, id))
    if (!this.schedules.endWith(task)) await this.#scheduler.cancel(task)
    // Each to its end, also when one of them cannot be stored now.
    const ends = await Promise.allSettled(
      below.map(async (childId) => {
        const child = log.query((db) => selectTask(db, childId, clock.now()))
        if (child !== undefined && !isTerminal(child.state)) await this.#scheduler.cancel(child)
      }),
    )
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return this.#require(id).state
  }

  /** Runs a failed or cancelled task again. */
  retry(id: TaskId): TaskState {
    const task = this.#require(id)
    const { log } = this.#options
    return log.transaction((transaction) => {
      const rank = rankOf(task)
      const { state: outcome, error, completedAtMs } = task
      if (!reopenTask(transaction.db, id, { rank, atMs: transaction.at })) {
        throw new AppError(
          'invalid_state',
          `task ${id} is ${task.state}: only a failed or cancelled task can be tried again`,
        )
      }
      if (!isStretchClosed(transaction.db, task)) {
        closeStretch(transaction, task, { outcome, error, endedAtMs: completedAtMs ?? 0 })
      }
      countEnd(transaction, task, -1)
      this.#options.follower?.reopened(transaction, task)
      const waitingFor = {
        reason: 'starting',
        detail: 'To be tried again on request.',
        since: transaction.at,
      } as const
      // One that failed before is passed over on request; one that is itself tried again is waited for.
      const wait = firstWait(openDependencies(transaction, id), null, transaction.at)
      if (wait.reason === null) transaction.emit('task.waiting', { ...about(task), waitingFor })
      else waitFurther(transaction, { ...task, rank }, wait)
      transaction.afterCommit(() => this.#scheduler.wake())
      return 'pending' as const
    })
  }

  runNow(id: TaskId): TaskState {
    const task = this.#require(id)
    if (task.state !== 'pending') {
      throw new AppError(
        'invalid_state',
        `task ${id} is ${task.state}: only a pending task can be started`,
      )
    }
    this.#scheduler.runNow(this.schedules.bringForward(task))
    return this.#require(id).state
  }

  /** Moves a waiting task in the line; of a running one it only changes what is shown. */
  setPriority(id: TaskId, priority: number): void {
    const task = this.#require(id)
    if (isTerminal(task.state)) {
      throw new AppError(
        'invalid_state',
        `task ${id} is ${task.state}: it waits in no line any more`,
      )
    }
    const rank = rankOf({ ...task, priority })
    this.#options.log.transaction((transaction) => {
      updatePriority(transaction.db, id, { priority, rank })
      transaction.emit('task.updated', { ...about(task), priority })
      transaction.afterCommit(() => this.#scheduler.wake())
    })
  }

  /** Says something to an agent's task; it is kept until the agent takes it up before a step. */
  message(id: TaskId, text: string): TaskMessage {
    const task = this.#require(id)
    if (task.lane !== 'agent') {
      throw new AppError(
        'invalid_state',
        `task ${id} runs a command: only an agent can be spoken to`,
      )
    }
    if (isTerminal(task.state)) {
      throw new AppError(
        'invalid_state',
        `task ${id} is ${task.state}: nobody would read the message`,
      )
    }
    return this.#options.log.transaction((transaction) => {
      const message = insertTaskMessage(transaction.db, id, text, transaction.at)
      transaction.emit('task.message', { ...about(task), message })
      return message
    })
  }

  /** What was said to a task, oldest first. */
  messages(id: TaskId): TaskMessage[] {
    this.#require(id)
    return this.#options.log.query((db) => selectTaskMessages(db, id))
  }

  state(): QueueState {
    return this.#scheduler.state()
  }

  pause(): QueueState {
    return this.#scheduler.setPaused(true)
  }

  resume(): QueueState {
    return this.#scheduler.setPaused(false)
  }

  /** Figures of the last `days` days (UTC), today included. */
  stats(days: number): QueueStats {
    const { log, clock } = this.#options
    return log.query((db) => queueStats(db, days, clock.now()))
  }

  /** Takes no new tasks until `resume`; those that are there run to their end. */
  drain(): QueueState {
    return this.#scheduler.drain()
  }

  /** Cancels every pending task, save recurring ones that wait for their instant. */
  clear(): number {
    return clearWaiting(this.#options.log, this.#options.hooks)
  }

  /** Something has changed outside that lets a task go on. */
  wake(): void {
    this.#scheduler.wake()
  }

  /** Whether it takes no new tasks. */
  get isDraining(): boolean {
    return this.#scheduler.settings.draining
  }

  get limits(): ResourceLimits {
    return this.#scheduler.settings.limits
  }

  /** Partial: a figure that is not named stays as it is. `also` is part of the same commit. */
  setLimits(
    change: {
      readonly [Limit in keyof ResourceLimits]?: ResourceLimits[Limit] | undefined
    },
    also?: (transaction: Transaction) => void,
  ): ResourceLimits {
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    return this.#scheduler.setLimits({ ...this.limits, ...Object.fromEntries(given) }, also)
  }

  #require(id: TaskId): TaskRecord {
    const { log, clock } = this.#options
    const task = log.query((db) => selectTask(db, id, clock.now()))
    if (task === undefined) throw log.query((db) => missingTask(db, id))
    return task
  }
}

function drainingError(): AppError {
  return new AppError(
    'invalid_state',
    'the queue is being drained: it takes no new tasks until it is resumed',
  )
}
