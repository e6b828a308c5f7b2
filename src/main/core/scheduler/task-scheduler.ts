import type { TaskId } from '../../../shared/model/ids.js'
import type { MachineReading, QueueState, ResourceLimits } from '../../../shared/model/queue.js'
import { WAIT_REASONS, type WaitingFor, type WaitReason } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { MachineGauge, Timer } from '../ports.js'
import {
  countWaitingTasks,
  moveWaitsBack,
  type StartableRow,
  selectDueTimers,
  selectFirstStartable,
  selectNextTimer,
  selectTask,
} from '../store/queries/tasks.js'
import type { TaskOverview, TaskRecord } from '../tasks/task-record.js'
import { type AdmissionState, GRACE_MS, holdOn, queueHolds } from './admission.js'
import { openDependencies } from './dependencies.js'
import { wakeOrGiveUp } from './due-timer.js'
import { LANES } from './lane.js'
import { MachineGates } from './machine-gates.js'
import { loadQueueSettings, type QueueSettings, saveQueueSettings } from './queue-settings.js'
import { recover } from './recovery.js'
import { RunningTasks, type RunningTasksServices, STORE_RETRY_MS } from './running-tasks.js'
import { cancelWaiting, readOrFail, wakeUp } from './task-lifecycle.js'
import type { TaskRun } from './task-run.js'

export interface SchedulerServices extends RunningTasksServices {
  readonly gauge: MachineGauge
}

/**
 * Decides which pending task starts when.
 *
 * States: created → started → stopping → stopped. It acts on facts only: a submit, an end, a timer,
 * a gauge that crosses its line, a change of settings each call `wake`, which looks at the first task
 * of each lane. A decision therefore costs the same with a hundred or a hundred thousand waiting.
 */
export class TaskScheduler {
  readonly #services: SchedulerServices
  readonly #running: RunningTasks
  /** Tasks that a person wants to run although limits or gauges say no. */
  readonly #overrides = new Set<TaskId>()
  #settings: QueueSettings
  readonly #gates: MachineGates
  #announcedHolds = ''
  #phase: 'created' | 'started' | 'stopping' | 'stopped' = 'created'
  #wakePlanned = false
  #timer: Timer | null = null
  /** The instant of the last decision. */
  #latestMs = 0
  #stopListening: (() => void) | null = null

  constructor(services: SchedulerServices) {
    this.#services = services
    this.#running = new RunningTasks(services, () => this.wake())
    const now = services.clock.now()
    this.#settings = services.log.query((db) => loadQueueSettings(db, now))
    this.#gates = new MachineGates(services.gauge.read())
  }

  /** Settles what a dead host left behind, then begins to start tasks. */
  async start(): Promise<void> {
    await recover(this.#services)
    if (this.#phase !== 'created') return
    this.#phase = 'started'
    this.#readGauge(this.#services.gauge.read())
    this.#stopListening = this.#services.gauge.onReading((reading) => this.#readGauge(reading))
    this.#look()
  }

  /** Stops every run, confirms that their processes are dead, and leaves the tasks pending. */
  async stop(): Promise<void> {
    if (this.#phase === 'stopped') return
    this.#phase = 'stopping'
    this.#stopListening?.()
    this.#timer?.cancel()
    await this.#running.stop()
    this.#phase = 'stopped'
  }

  /** Something has changed that may let a task start. */
  wake(): void {
    if (this.#wakePlanned || this.#phase !== 'started') return
    this.#wakePlanned = true
    this.#services.clock.schedule(0, () => {
      this.#wakePlanned = false
      this.#look()
    })
  }

  get settings(): QueueSettings {
    return this.#settings
  }

  runOf(id: TaskId): TaskRun | undefined {
    return this.#running.get(id)
  }

  /** Starts nothing further, or starts again; a drain ends with the latter. */
  setPaused(paused: boolean): QueueState {
    const draining = paused && this.#settings.draining
    this.#changeSettings({ ...this.#settings, paused, draining })
    return this.state()
  }

  /** Takes no new tasks; those that are there run to their end. */
  drain(): QueueState {
    this.#changeSettings({ ...this.#settings, paused: false, draining: true })
    return this.state()
  }

  setLimits(limits: ResourceLimits): ResourceLimits {
    this.#changeSettings({ ...this.#settings, limits })
    return limits
  }

  state(): QueueState {
    return {
      paused: this.#settings.paused,
      draining: this.#settings.draining,
      running: this.#running.ids,
      runningCount: this.#running.size,
      pendingCount: this.#services.log.query(countWaitingTasks),
      machine: this.#gates.reading,
      heldBackBy: queueHolds(this.#admission()),
      limits: this.#settings.limits,
    }
  }

  /** Why a pending task does not run, as the next decision would find. */
  waitingFor(task: TaskOverview): WaitingFor {
    const now = this.#services.clock.now()
    const hold = this.#overrides.has(task.id)
      ? null
      : holdOn(this.#admission(), task.lane, task.waitSinceMs, now)
    const { ownWait } = task
    if (ownWait !== null && (hold === null || isToldBefore(ownWait, hold.reason))) {
      const own = { reason: ownWait, detail: task.waitDetail ?? '', since: task.waitSinceMs }
      if (ownWait !== 'dependency') return own
      const blockedBy = this.#services.log.query((db) => openDependencies({ db }, task.id))
      return { ...own, blockedBy }
    }
    if (hold === null) {
      return { reason: 'starting', detail: 'Next in line.', since: task.waitSinceMs }
    }
    const wait = { ...hold, since: task.waitSinceMs }
    if (hold.reason !== 'limit') return wait
    const isFull = this.#running.size >= this.#settings.limits.maxConcurrentTasks
    return { ...wait, blockedBy: isFull ? this.#running.ids : this.#running.idsOf(task.lane) }
  }

  /**
   * Ends a task; resolves when its processes are dead and the end is stored.
   * @returns false when it had ended before
   */
  async cancel(task: TaskRecord): Promise<boolean> {
    if (this.#running.get(task.id) !== undefined) return this.#running.cancel(task.id)
    const { log, hooks } = this.#services
    this.#overrides.delete(task.id)
    const error = { code: 'cancelled', message: 'cancelled on request' } as const
    return log.transaction((transaction) => cancelWaiting(transaction, task, error, hooks))
  }

  /** Starts a waiting task at once: limits, gauges, pause and timers do not hold it back. */
  runNow(task: TaskRecord): void {
    if (task.ownWait !== null && !['schedule', 'backoff', 'quota'].includes(task.ownWait)) {
      throw new AppError(
        'invalid_state',
        `task ${task.id} waits for ${task.ownWait}: that cannot be overridden`,
      )
    }
    if (task.ownWait !== null) this.#services.log.transaction((t) => wakeUp(t, task))
    this.#overrides.add(task.id)
    this.wake()
  }

  #changeSettings(settings: QueueSettings): void {
    const before = this.#settings
    this.#settings = settings
    this.#gates.update(settings.limits)
    try {
      this.#services.log.transaction((transaction) => {
        saveQueueSettings(transaction.db, settings)
        transaction.emit('queue.changed', this.state())
      })
    } catch (error) {
      this.#settings = before
      this.#gates.update(before.limits)
      throw error
    }
    this.#announcedHolds = this.#holdsToTell(this.#candidates())
    this.wake()
  }

  #readGauge(reading: MachineReading): void {
    const hasCrossed = this.#gates.update(this.#settings.limits, reading)
    if (hasCrossed || this.#services.clock.now() < this.#latestMs) this.wake()
    this.#services.log.live('system.machine', reading)
  }

  /** Tells of queue-wide reasons when there is a task that they hold back, once per change. */
  #announceHolds(candidates: readonly StartableRow[]): void {
    const holds = this.#holdsToTell(candidates)
    if (holds === this.#announcedHolds) return
    this.#services.log.transaction((transaction) => {
      transaction.emit('queue.changed', this.state())
    })
    this.#announcedHolds = holds
  }

  #holdsToTell(candidates: readonly StartableRow[]): string {
    return candidates.length === 0 ? '' : queueHolds(this.#admission()).join()
  }

  #admission(): AdmissionState {
    return {
      paused: this.#settings.paused,
      limits: this.#settings.limits,
      running: this.#running.perLane(),
      machine: this.#gates.reading,
      cpuClosed: this.#gates.cpuClosed,
      memoryClosed: this.#gates.memoryClosed,
    }
  }

  #look(): void {
    if (this.#phase !== 'started') return
    try {
      this.#followClock()
      this.#wakeDueTimers()
      let candidates = this.#candidates()
      for (let next = this.#next(candidates); next !== undefined; next = this.#next(candidates)) {
        this.#overrides.delete(next)
        this.#running.begin(next)
        candidates = this.#candidates()
      }
      this.#announceHolds(candidates)
      this.#setTimer(candidates)
    } catch (error) {
      // One failed decision (a locked or full disk) must not strand the queue.
      this.#services.logger.error({ error }, 'the scheduler could not decide; it tries again')
      this.#timer?.cancel()
      this.#timer = this.#services.clock.schedule(STORE_RETRY_MS, () => this.#look())
    }
  }

  /** A clock that was set back must not prolong waits: they move back with it. */
  #followClock(): void {
    const { log, clock } = this.#services
    const now = clock.now()
    const backMs = this.#latestMs - now
    if (backMs > 0) log.transaction(({ db }) => moveWaitsBack(db, backMs))
    this.#latestMs = now
  }

  #next(candidates: readonly StartableRow[]): TaskId | undefined {
    for (const id of this.#overrides) {
      const task = this.#task(id)
      if (task?.state === 'pending') return id
      this.#overrides.delete(id)
    }
    const state = this.#admission()
    const now = this.#services.clock.now()
    let first: StartableRow | undefined
    for (const candidate of candidates) {
      if (holdOn(state, candidate.lane, candidate.waitSinceMs, now) !== null) continue
      if (first === undefined || isBefore(candidate, first)) first = candidate
    }
    return first?.id
  }

  /** The first in line of each lane. */
  #candidates(): StartableRow[] {
    return this.#services.log.query((db) =>
      LANES.flatMap((lane) => selectFirstStartable(db, lane) ?? []),
    )
  }

  #wakeDueTimers(): void {
    const { log, clock, hooks } = this.#services
    const due = log.query((db) => selectDueTimers(db, clock.now()))
    for (const id of due) {
      log.transaction((transaction) => {
        const task = readOrFail(transaction, id, hooks)
        if (task !== undefined) wakeOrGiveUp(transaction, task, hooks)
      })
    }
  }

  /** The next instant at which a decision may come out differently without any other fact. */
  #setTimer(candidates: readonly StartableRow[]): void {
    const { log, clock } = this.#services
    this.#timer?.cancel()
    this.#timer = null
    const now = clock.now()
    const due = log.query((db) => selectNextTimer(db))
    let at = due ?? Number.POSITIVE_INFINITY
    if (this.#gates.isClosed && this.#running.size === 0) {
      for (const { waitSinceMs } of candidates) {
        // One whose grace is over is held back by something that is not a matter of time.
        const graceEnd = waitSinceMs + GRACE_MS
        if (graceEnd > now) at = Math.min(at, graceEnd)
      }
    }
    if (at === Number.POSITIVE_INFINITY) return
    this.#timer = clock.schedule(Math.max(0, at - now), () => this.#look())
  }

  #task(id: TaskId): TaskRecord | undefined {
    const { log, clock } = this.#services
    return log.query((db) => selectTask(db, id, clock.now()))
  }
}

/** Of several reasons the first in the fixed order is told. */
function isToldBefore(a: WaitReason, b: WaitReason): boolean {
  return WAIT_REASONS.indexOf(a) < WAIT_REASONS.indexOf(b)
}

function isBefore(a: StartableRow, b: StartableRow): boolean {
  return a.rank === b.rank ? a.ordinal < b.ordinal : a.rank < b.rank
}
