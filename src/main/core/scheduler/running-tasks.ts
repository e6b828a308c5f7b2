import type { TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Ids, Logger, ProcessRunner } from '../ports.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { TaskExecutor } from './executor.js'
import type { KindHistory } from './kind-history.js'
import { LANES, type Lane } from './lane.js'
import { settle } from './settle.js'
import {
  type Begun,
  begin,
  type EndedHook,
  end,
  park,
  type RunFollower,
  readOrFail,
} from './task-lifecycle.js'
import { type RunEnd, type SetAside, TaskRun } from './task-run.js'
import { commitTurn, type TurnPart } from './turn.js'

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
  readonly follower?: RunFollower
}

/** A task that has its lease and is to run once that is committed. */
export interface Lease extends Begun {
  readonly task: TaskRecord
}

interface Entry {
  readonly run: TaskRun
  /** How it ended; null while it runs. */
  ending: RunEnd | null
  /** Resolves when the slot is free again: processes dead, outcome stored (or given up at shutdown). */
  readonly freed: PromiseWithResolvers<void>
  /** Who wants to know at once when the outcome cannot be stored yet. */
  readonly waiting: Set<(error: unknown) => void>
}

/** Every run that holds a slot, from its lease to the commit of its outcome. */
export class RunningTasks {
  readonly #services: RunningTasksServices
  readonly #history: KindHistory
  readonly #entries = new Map<TaskId, Entry>()
  readonly #onEnded: () => void

  /** @param onEnded an outcome wants to be stored: see `endings` */
  constructor(services: RunningTasksServices, history: KindHistory, onEnded: () => void) {
    this.#services = services
    this.#history = history
    this.#onEnded = onEnded
  }

  get size(): number {
    return this.runs().length
  }

  get ids(): TaskId[] {
    return this.runs().map(({ task }) => task.id)
  }

  get(id: TaskId): TaskRun | undefined {
    return this.#entries.get(id)?.run
  }

  /** Those under way: one that has ended only waits for its outcome to be stored. */
  runs(): TaskRun[] {
    const runs: TaskRun[] = []
    for (const { run, ending } of this.#entries.values()) if (ending === null) runs.push(run)
    return runs
  }

  perLane(): Record<Lane, number> {
    const count = Object.fromEntries(LANES.map((lane) => [lane, 0])) as Record<Lane, number>
    for (const { task } of this.runs()) count[task.lane] += 1
    return count
  }

  idsOf(lane: Lane): TaskId[] {
    return this.runs().flatMap(({ task }) => (task.lane === lane ? [task.id] : []))
  }

  /** Takes slot and lease in the store; null when the task is not pending any more. */
  lease(transaction: Transaction, id: TaskId): Lease | null {
    const { hooks, processes } = this.#services
    const stored = readOrFail(transaction, id, hooks)
    if (stored === undefined) return null
    const begun = begin(transaction, stored, processes.self)
    if (begun === null) return null
    this.#services.follower?.began(transaction, stored)
    const { attempt } = begun
    return { ...begun, task: { ...stored, state: 'running', attempt, attemptOpen: true } }
  }

  /** Starts the work of a committed lease. Nothing here may fail: this is the task's only owner. */
  run(lease: Lease): void {
    const { executorOf, markerPrefix } = this.#services
    const { task } = lease
    const run = new TaskRun(this.#services, executorOf(task), {
      ...lease,
      markerPrefix,
      pastRuns: () => this.#history.of(task.kind),
    })
    const freed = Promise.withResolvers<void>()
    const entry: Entry = { run, ending: null, freed, waiting: new Set() }
    this.#entries.set(task.id, entry)
    void run.finished.then((ending) => {
      entry.ending = ending
      this.#onEnded()
    })
  }

  /** Outcomes that wait to be stored, the first of them. One that cannot be stored now stays. */
  endings(most = Number.POSITIVE_INFINITY): TurnPart[] {
    const parts: TurnPart[] = []
    for (const [id, entry] of this.#entries) {
      if (parts.length >= most) break
      if (entry.ending !== null) parts.push(this.#endingOf(id, entry, entry.ending))
    }
    return parts
  }

  /** Whether outcomes wait to be stored. */
  get hasEndings(): boolean {
    for (const { ending } of this.#entries.values()) if (ending !== null) return true
    return false
  }

  /**
   * Stops a run; resolves when its processes are dead and its end is stored.
   * @returns false when it had come to another end already
   * @throws what the store says when it cannot be stored now; it is tried again by itself
   */
  async cancel(id: TaskId): Promise<boolean> {
    const entry = this.#entries.get(id)
    if (entry === undefined) return false
    entry.run.stop('cancelled')
    await this.#freed(entry)
    return entry.run.stopCause === 'cancelled'
  }

  /**
   * Ends the step of a run; resolves when its processes are dead and its task is back in the line.
   * @throws what the store says when that cannot be stored now; it is tried again by itself
   */
  async setAside(id: TaskId, why: SetAside): Promise<void> {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    entry.run.setAside(why)
    await this.#freed(entry)
  }

  async #freed({ freed, waiting }: Entry): Promise<void> {
    const { promise: unstored, reject } = Promise.withResolvers<never>()
    waiting.add(reject)
    try {
      await Promise.race([freed.promise, unstored])
    } finally {
      waiting.delete(reject)
    }
  }

  /** Stops every run; its task waits for the next start. */
  async stop(): Promise<void> {
    const entries = [...this.#entries.values()]
    for (const { run } of entries) run.stop('shutdown')
    await Promise.all(entries.map(({ run }) => run.finished))
    // Their `ending` is set in the reaction that was registered first.
    commitTurn(this.#services.log, this.endings())
    for (const { freed } of this.#entries.values()) freed.resolve()
    this.#entries.clear()
  }

  #endingOf(id: TaskId, entry: Entry, ending: RunEnd): TurnPart {
    const { ids, logger, hooks, follower } = this.#services
    const { run } = entry
    const random = ids.random()
    let hasCompleted = false
    return {
      write: (transaction) => {
        run.storeOutput(transaction)
        const task = readOrFail(transaction, id, hooks)
        if (task === undefined || isTerminal(task.state)) return
        const settlement = settle(task, ending, transaction.at, random)
        if (settlement.kind === 'park') {
          park(transaction, task, settlement.park)
          follower?.parked(transaction, task, settlement.park)
        } else {
          end(transaction, task, settlement.end, hooks)
          hasCompleted = settlement.end.state === 'completed'
        }
      },
      committed: () => {
        this.#entries.delete(id)
        if (hasCompleted) this.#remember(run.task, ending)
        entry.freed.resolve()
      },
      failed: (error) => {
        logger.error({ error, taskId: id }, 'the end of a task could not be stored; trying again')
        for (const tell of entry.waiting) tell(error)
      },
    }
  }

  #remember(task: TaskRecord, { durationMs, peak }: RunEnd): void {
    this.#history.add(task.kind, {
      runningMs: task.runningMs + durationMs,
      memoryBytes: peak?.memoryBytes ?? null,
      cpuPercent: peak?.cpuPercent ?? null,
    })
  }
}
