import type { TaskId } from '../../../shared/model/ids.js'
import type { Transaction } from '../events/event-log.js'
import type { BusyTime } from '../figures/busy-time.js'
import type { Timer } from '../ports.js'
import { beatHeart, updateStall } from '../store/queries/tasks.js'
import type { RunningTasks, RunningTasksServices } from './running-tasks.js'
import { STALL_AFTER_MS, stallSince } from './stall.js'
import { about } from './task-events.js'
import type { TaskRun } from './task-run.js'

/** What a crash may cost of the time on record. */
export const HEARTBEAT_MS = 10_000

/**
 * While tasks run, every ten seconds: notes that their owner lives, adds up the time in which they ran, and
 * flags those that show no sign of life. It never ends a task. Idle while nothing runs.
 */
export class Watchdog {
  readonly #services: RunningTasksServices
  readonly #running: RunningTasks
  readonly #busy: BusyTime
  readonly #stalled = new Set<TaskId>()
  #timer: Timer | null = null

  constructor(services: RunningTasksServices, running: RunningTasks, busy: BusyTime) {
    this.#services = services
    this.#running = running
    this.#busy = busy
  }

  /** To be called when tasks have begun or ended. */
  follow(): void {
    if (this.#running.size === 0) this.stop()
    else this.#timer ??= this.#services.clock.schedule(HEARTBEAT_MS, () => this.#beat())
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
  }

  #beat(): void {
    this.#timer = null
    const { log, clock, logger } = this.#services
    const runs = this.#running.runs()
    const changed = runs.filter((run) => this.#isStalled(run) !== this.#stalled.has(run.task.id))
    try {
      log.transaction((transaction) => {
        beatHeart(transaction.db, transaction.at)
        this.#busy.store(transaction)
        for (const run of changed) tellStall(transaction, run, this.#isStalled(run))
      })
      this.#busy.settle(runs.length, clock.now())
      this.#stalled.clear()
      for (const run of runs) if (this.#isStalled(run)) this.#stalled.add(run.task.id)
    } catch (error) {
      logger.warn({ error }, 'a heartbeat could not be stored')
    }
    this.follow()
  }

  #isStalled(run: TaskRun): boolean {
    return this.#services.clock.now() - run.lastSignMs >= STALL_AFTER_MS
  }
}

function tellStall(transaction: Transaction, run: TaskRun, isStalled: boolean): void {
  const sinceMs = isStalled ? run.lastSignMs : null
  updateStall(transaction.db, run.task.id, sinceMs)
  const stalled = sinceMs === null ? null : stallSince(sinceMs)
  transaction.emit('task.stalled', { ...about(run.task), stalled })
}
