import type { TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Ids, Logger, ProcessRunner } from '../ports.js'
import { selectMeanDurationS } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { TaskExecutor } from './executor.js'
import { LANES, type Lane } from './lane.js'
import { settle } from './settle.js'
import { begin, type EndedHook, end, park, readOrFail } from './task-lifecycle.js'
import { TaskRun } from './task-run.js'

/** Past tasks of a kind that its usual duration is taken from. */
const HISTORY_LENGTH = 20
/** Between tries to store what could not be stored (a full disk). */
export const STORE_RETRY_MS = 1000

export interface RunningTasksServices {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly processes: ProcessRunner
  readonly secrets: () => readonly string[]
  readonly executorOf: (task: TaskRecord) => TaskExecutor
  /** Marks the processes of this data directory. */
  readonly markerPrefix: string
  readonly hooks: readonly EndedHook[]
}

interface Entry {
  readonly run: TaskRun
  /** The slot is free again: processes dead, outcome stored (or given up at shutdown). */
  readonly freed: Promise<void>
  /** Who wants to know at once when the outcome cannot be stored yet. */
  readonly waiting: Set<(error: unknown) => void>
}

/** Every run that holds a slot, from its lease to the commit of its outcome. */
export class RunningTasks {
  readonly #services: RunningTasksServices
  readonly #entries = new Map<TaskId, Entry>()
  readonly #onFreed: () => void
  #stopping = false

  constructor(services: RunningTasksServices, onFreed: () => void) {
    this.#services = services
    this.#onFreed = onFreed
  }

  get size(): number {
    return this.#entries.size
  }

  get ids(): TaskId[] {
    return [...this.#entries.keys()]
  }

  get(id: TaskId): TaskRun | undefined {
    return this.#entries.get(id)?.run
  }

  perLane(): Record<Lane, number> {
    const count = Object.fromEntries(LANES.map((lane) => [lane, 0])) as Record<Lane, number>
    for (const { run } of this.#entries.values()) count[run.task.lane] += 1
    return count
  }

  idsOf(lane: Lane): TaskId[] {
    return this.ids.filter((id) => this.get(id)?.task.lane === lane)
  }

  /** Takes slot and lease and starts the work; nothing happens when the task is not pending any more. */
  begin(id: TaskId): void {
    const { log, processes, executorOf, markerPrefix, hooks } = this.#services
    const begun = log.transaction((transaction) => {
      const stored = readOrFail(transaction, id, hooks)
      if (stored === undefined) return undefined
      const stretch = begin(transaction, stored, processes.self)
      if (stretch === null) return undefined
      const { attempt, logOffset } = stretch
      return {
        task: { ...stored, state: 'running' as const, attempt, attemptOpen: true },
        logOffset,
        usualDurationS: selectMeanDurationS(transaction.db, stored.kind, HISTORY_LENGTH),
      }
    })
    if (begun === undefined) return
    const { task, ...facts } = begun
    // Nothing from here on may fail: the task counts as running, and this is its only owner.
    const run = new TaskRun(this.#services, task, executorOf(task), { markerPrefix, ...facts })
    const waiting = new Set<(error: unknown) => void>()
    this.#entries.set(id, { run, waiting, freed: this.#settle(run, waiting) })
  }

  /**
   * Stops a run; resolves when its processes are dead and its end is stored.
   * @returns false when it had come to another end already
   * @throws what the store says when it cannot be stored now; it is tried again by itself
   */
  async cancel(id: TaskId): Promise<boolean> {
    const entry = this.#entries.get(id)
    if (entry === undefined) return false
    const { run, freed, waiting } = entry
    run.stop('cancelled')
    const { promise: unstored, reject } = Promise.withResolvers<never>()
    waiting.add(reject)
    try {
      await Promise.race([freed, unstored])
    } finally {
      waiting.delete(reject)
    }
    return run.stopCause === 'cancelled'
  }

  /** Stops every run; its task waits for the next start. */
  async stop(): Promise<void> {
    this.#stopping = true
    const entries = [...this.#entries.values()]
    for (const { run } of entries) run.stop('shutdown')
    await Promise.all(entries.map(({ freed }) => freed))
  }

  async #settle(run: TaskRun, waiting: ReadonlySet<(error: unknown) => void>): Promise<void> {
    const { clock, ids, log, logger, hooks } = this.#services
    const ending = await run.finished
    const { id } = run.task
    const random = ids.random()
    for (;;) {
      try {
        log.transaction((transaction) => {
          run.storeOutput(transaction)
          const task = readOrFail(transaction, id, hooks)
          if (task === undefined || isTerminal(task.state)) return
          const settlement = settle(task, ending, transaction.at, random)
          if (settlement.kind === 'end') end(transaction, task, settlement.end, hooks)
          else park(transaction, task, settlement.park)
        })
        break
      } catch (error) {
        logger.error({ error, taskId: id }, 'the end of a task could not be stored; trying again')
        for (const tell of waiting) tell(error)
        if (this.#stopping) break
        await new Promise<void>((resolve) => clock.schedule(STORE_RETRY_MS, resolve))
      }
    }
    this.#entries.delete(id)
    this.#onFreed()
  }
}
