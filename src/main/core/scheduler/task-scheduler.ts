import type { TaskId } from '../../../shared/model/ids.js'
import type { MachineReading, QueueState, ResourceLimits } from '../../../shared/model/queue.js'
import {
  isTerminal,
  WAIT_REASONS,
  type WaitingFor,
  type WaitReason,
} from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Ids, Logger, MachineGauge, ProcessRunner, Timer } from '../ports.js'
import {
  countTasksByState,
  moveWaitsBack,
  type StartableRow,
  selectDueTimers,
  selectFirstStartable,
  selectMeanDurationS,
  selectNextTimer,
  selectTask,
} from '../store/queries/tasks.js'
import type { TaskOverview, TaskRecord } from '../tasks/task-record.js'
import { type AdmissionState, GRACE_MS, holdOn, queueHolds } from './admission.js'
import { openDependencies } from './dependencies.js'
import { wakeOrGiveUp } from './due-timer.js'
import type { TaskExecutor } from './executor.js'
import { LANES, type Lane } from './lane.js'
import { MachineGates } from './machine-gates.js'
import { loadQueueSettings, type QueueSettings, saveQueueSettings } from './queue-settings.js'
import { recover } from './recovery.js'
import { settle } from './settle.js'
import {
  begin,
  cancelWaiting,
  type EndedHook,
  end,
  park,
  readOrFail,
  wakeUp,
} from './task-lifecycle.js'
import { TaskRun } from './task-run.js'

/** Past tasks of a kind that its usual duration is taken from. */
const HISTORY_LENGTH = 20
/** Between tries to store an end that could not be stored (a full disk). */
const STORE_RETRY_MS = 1000

export interface SchedulerServices {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly gauge: MachineGauge
  readonly processes: ProcessRunner
  readonly secrets: () => readonly string[]
  readonly executorOf: (task: TaskRecord) => TaskExecutor
  /** Marks the processes of this data directory. */
  readonly markerPrefix: string
  readonly hooks: readonly EndedHook[]
}

/**
 * Decides which pending task starts when, and sees every running one to its end.
 *
 * States: created → started → stopping → stopped. It acts on facts only: a submit, an end, a timer,
 * a gauge that crosses its line, a change of settings each call `wake`, which looks at the first task
 * of each lane. A decision therefore costs the same with a hundred or a hundred thousand waiting.
 */
export class TaskScheduler {
  readonly #services: SchedulerServices
  readonly #running = new Map<TaskId, TaskRun>()
  readonly #settled = new Map<TaskId, Promise<void>>()
  /** Who wants to know at once when the end of a task cannot be stored yet. */
  readonly #unstored = new Map<TaskId, Set<(error: unknown) => void>>()
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
    for (const run of this.#running.values()) run.stop('shutdown')
    await Promise.all(this.#settled.values())
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

  setPaused(paused: boolean): QueueState {
    this.#changeSettings({ ...this.#settings, paused })
    return this.state()
  }

  setLimits(limits: ResourceLimits): ResourceLimits {
    this.#changeSettings({ ...this.#settings, limits })
    return limits
  }

  state(): QueueState {
    const running = [...this.#running.keys()]
    return {
      paused: this.#settings.paused,
      running,
      runningCount: running.length,
      pendingCount: this.#services.log.query((db) => countTasksByState(db, 'pending')),
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
    const blockedBy = hold.reason === 'limit' ? this.#blockersOf(task.lane) : []
    return { ...hold, since: task.waitSinceMs, ...(blockedBy.length === 0 ? {} : { blockedBy }) }
  }

  /**
   * Ends a task; resolves when its processes are dead and the end is stored.
   * @returns false when it had ended before
   */
  async cancel(task: TaskRecord): Promise<boolean> {
    const run = this.#running.get(task.id)
    if (run !== undefined) {
      run.stop('cancelled')
      await this.#storedEnd(task.id)
      return run.stopCause === 'cancelled'
    }
    const { log, hooks } = this.#services
    this.#overrides.delete(task.id)
    const error = { code: 'cancelled', message: 'cancelled on request' } as const
    return log.transaction((transaction) => cancelWaiting(transaction, task, error, hooks))
  }

  /** Resolves when the end is stored; rejects when that fails, though it is tried again. */
  async #storedEnd(id: TaskId): Promise<void> {
    const waiting = this.#unstored.get(id) ?? new Set()
    this.#unstored.set(id, waiting)
    const { promise, reject } = Promise.withResolvers<never>()
    waiting.add(reject)
    try {
      await Promise.race([this.#settled.get(id), promise])
    } finally {
      waiting.delete(reject)
      if (waiting.size === 0) this.#unstored.delete(id)
    }
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
    this.#announcedHolds = this.#holdsToTell()
    this.wake()
  }

  #readGauge(reading: MachineReading): void {
    const hasCrossed = this.#gates.update(this.#settings.limits, reading)
    if (hasCrossed || this.#services.clock.now() < this.#latestMs) this.wake()
    this.#services.log.live('system.machine', reading)
  }

  /** Tells of queue-wide reasons when there is a task that they hold back, once per change. */
  #announceHolds(): void {
    const holds = this.#holdsToTell()
    if (holds === this.#announcedHolds) return
    this.#services.log.transaction((transaction) => {
      transaction.emit('queue.changed', this.state())
    })
    this.#announcedHolds = holds
  }

  #holdsToTell(): string {
    return this.#candidates().length === 0 ? '' : queueHolds(this.#admission()).join()
  }

  #admission(): AdmissionState {
    const running: Record<Lane, number> = { agent: 0, build: 0, e2e_test: 0, command: 0 }
    for (const run of this.#running.values()) running[run.task.lane] += 1
    return {
      paused: this.#settings.paused,
      limits: this.#settings.limits,
      running,
      machine: this.#gates.reading,
      cpuClosed: this.#gates.cpuClosed,
      memoryClosed: this.#gates.memoryClosed,
    }
  }

  #blockersOf(lane: Lane): TaskId[] {
    const runs = [...this.#running.values()]
    const full = runs.length >= this.#settings.limits.maxConcurrentTasks
    return runs.filter((run) => full || run.task.lane === lane).map((run) => run.task.id)
  }

  #look(): void {
    if (this.#phase !== 'started') return
    try {
      this.#followClock()
      this.#wakeDueTimers()
      for (let next = this.#next(); next !== undefined; next = this.#next()) this.#begin(next)
      this.#announceHolds()
      this.#setTimer()
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

  #next(): TaskId | undefined {
    for (const id of this.#overrides) {
      const task = this.#task(id)
      if (task?.state === 'pending') return id
      this.#overrides.delete(id)
    }
    const state = this.#admission()
    const now = this.#services.clock.now()
    let first: StartableRow | undefined
    for (const candidate of this.#candidates()) {
      if (holdOn(state, candidate.lane, candidate.waitSinceMs, now) !== null) continue
      if (first === undefined || isBefore(candidate, first)) first = candidate
    }
    return first?.id
  }

  #candidates(): StartableRow[] {
    return this.#services.log.query((db) =>
      LANES.flatMap((lane) => selectFirstStartable(db, lane) ?? []),
    )
  }

  #begin(id: TaskId): void {
    const { log, processes, executorOf, markerPrefix, hooks } = this.#services
    this.#overrides.delete(id)
    const begun = log.transaction((transaction) => {
      const stored = readOrFail(transaction, id, hooks)
      if (stored === undefined) return undefined
      const stretch = begin(transaction, stored, processes.self)
      if (stretch === null) return undefined
      const { attempt, logOffset } = stretch
      return {
        task: { ...stored, state: 'running' as const, attempt, attemptOpen: true },
        logOffset,
        usualDurationS: selectMeanDurationS(transaction.db, stored.type, HISTORY_LENGTH),
      }
    })
    if (begun === undefined) return
    const { task, ...facts } = begun
    // Nothing from here on may fail: the task counts as running, and this is its only owner.
    const run = new TaskRun(this.#services, task, executorOf(task), { markerPrefix, ...facts })
    this.#running.set(id, run)
    this.#settled.set(id, this.#settle(run))
  }

  async #settle(run: TaskRun): Promise<void> {
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
        for (const tell of this.#unstored.get(id) ?? []) tell(error)
        if (this.#phase !== 'started') break
        await new Promise<void>((resolve) => clock.schedule(STORE_RETRY_MS, resolve))
      }
    }
    this.#running.delete(id)
    this.#settled.delete(id)
    this.wake()
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
  #setTimer(): void {
    const { log, clock } = this.#services
    this.#timer?.cancel()
    this.#timer = null
    const now = clock.now()
    const due = log.query((db) => selectNextTimer(db))
    let at = due ?? Number.POSITIVE_INFINITY
    if (this.#gates.isClosed && this.#running.size === 0) {
      for (const { waitSinceMs } of this.#candidates()) {
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
