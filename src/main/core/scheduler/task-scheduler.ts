import type { TaskId } from '../../../shared/model/ids.js'
import type { MachineReading, QueueState, ResourceLimits } from '../../../shared/model/queue.js'
import { WAIT_REASONS, type WaitingFor, type WaitReason } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import { BusyTime } from '../figures/busy-time.js'
import type { MachineGauge, Timer } from '../ports.js'
import {
  countWaitingTasks,
  hasStartable,
  moveWaitsBack,
  selectDueTimers,
  selectNextTimer,
  selectStartable,
} from '../store/queries/waiting-tasks.js'
import type { TaskOverview, TaskRecord } from '../tasks/task-record.js'
import { type AdmissionState, type Candidate, GRACE_MS, holdOn, queueHolds } from './admission.js'
import { openDependencies } from './dependencies.js'
import { wakeOrGiveUp } from './due-timer.js'
import { Forecasts } from './forecasts.js'
import { KindHistory } from './kind-history.js'
import { LANES } from './lane.js'
import { LineUp, needOfWaiting } from './line-up.js'
import { LineWaits } from './line-waits.js'
import { MachineGates } from './machine-gates.js'
import { MemoryRelief } from './memory-relief.js'
import type { Submission } from './new-task.js'
import { loadQueueSettings, type QueueSettings, saveQueueSettings } from './queue-settings.js'
import { recover } from './recovery.js'
import {
  type Lease,
  RunningTasks,
  type RunningTasksServices,
  STORE_RETRY_MS,
} from './running-tasks.js'
import { Submissions, type TaskStore } from './submissions.js'
import { cancelWaiting, readOrFail, wakeUp } from './task-lifecycle.js'
import type { SetAside, TaskRun } from './task-run.js'
import { commitTurn, type TurnPart } from './turn.js'
import { Watchdog } from './watchdog.js'

/** A timer that is so late stood still while the machine slept. */
const OVERDUE_MS = 2_000
/** Of ends, and of starts, in one turn: with hundreds of agents no turn may hold up everything else. */
const MOST_IN_A_TURN = 5

export interface SchedulerServices extends RunningTasksServices {
  readonly gauge: MachineGauge
}

/**
 * Decides which pending task starts when.
 *
 * States: created → started → stopping → stopped. It acts on facts only: a submit, an end, a timer,
 * a gauge that crosses its line, a change of settings each call `wake`, which plans a turn. A turn stores
 * what was submitted and what has ended, and starts what may start, all in one commit; it looks at the
 * first task of each lane, so that it costs the same with a hundred or a hundred thousand waiting.
 */
export class TaskScheduler {
  readonly history: KindHistory
  readonly #services: SchedulerServices
  readonly #submissions: Submissions
  readonly #running: RunningTasks
  /** Tasks that a person wants to run although limits or gauges say no. */
  readonly #overrides = new Set<TaskId>()
  #settings: QueueSettings
  readonly #gates: MachineGates
  readonly #busy = new BusyTime()
  readonly #lineWaits = new LineWaits()
  readonly #watchdog: Watchdog
  readonly #forecasts: Forecasts
  readonly #relief: MemoryRelief
  /** Given in the last turn and not at work yet: they count as running. */
  #leases: readonly Lease[] = []
  #announcedHolds = ''
  #phase: 'created' | 'started' | 'stopping' | 'stopped' = 'created'
  #wakePlanned = false
  #timer: Timer | null = null
  #timerAtMs = Number.POSITIVE_INFINITY
  /** A forecast holds somebody back: each reading of the gauges asks for a turn. */
  #waitsForReading = false
  /** The instant of the last decision. */
  #latestMs = 0
  #stopListening: (() => void) | null = null

  constructor(services: SchedulerServices, store: TaskStore) {
    this.#services = services
    this.history = new KindHistory(services.log)
    this.#submissions = new Submissions(store)
    this.#running = new RunningTasks(services, this.history, () => this.wake())
    this.#watchdog = new Watchdog(services, this.#running, this.#busy)
    this.#forecasts = new Forecasts(this.history, services.gauge)
    this.#relief = new MemoryRelief(this.#running, services.logger)
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
    this.#turn()
  }

  /** Stops every run, confirms that their processes are dead, and leaves the tasks pending. */
  async stop(): Promise<void> {
    if (this.#phase === 'stopped') return
    this.#phase = 'stopping'
    this.#stopListening?.()
    this.#watchdog.stop()
    this.#timer?.cancel()
    this.#begin()
    await this.#running.stop()
    do this.#turn()
    while (this.#submissions.size > 0)
    this.#watchdog.stop()
    this.#phase = 'stopped'
  }

  /** Resolves when the task is stored, in the next turn. */
  submit(submission: Submission): Promise<TaskId> {
    if (this.#phase === 'stopped') {
      const message = 'the program is closing: nothing new is taken'
      return Promise.reject(new AppError('invalid_state', message))
    }
    const stored = this.#submissions.add(submission)
    this.wake()
    return stored
  }

  /** Something has changed that asks for a turn. */
  wake(): void {
    if (this.#wakePlanned || this.#phase === 'stopped') return
    this.#wakePlanned = true
    this.#services.clock.schedule(0, () => {
      this.#wakePlanned = false
      this.#turn()
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

  /** `also` is part of the same commit. */
  setLimits(limits: ResourceLimits, also?: (transaction: Transaction) => void): ResourceLimits {
    this.#changeSettings({ ...this.#settings, limits }, also)
    return limits
  }

  state(): QueueState {
    const running = [...this.#running.ids, ...this.#leases.map(({ task }) => task.id)]
    return {
      paused: this.#settings.paused,
      draining: this.#settings.draining,
      running,
      runningCount: running.length,
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
      : holdOn(this.#admission(), this.#candidate(task, now), now)
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

  #candidate(task: TaskOverview, nowMs: number): Candidate {
    const { lane, waitSinceMs, kind } = task
    return {
      lane,
      waitSinceMs,
      need: needOfWaiting(waitSinceMs, this.#forecasts.needOf(kind), nowMs),
    }
  }

  /**
   * Ends a task; resolves when its processes are dead and the end is stored.
   * @returns false when it had ended before
   */
  async cancel(task: TaskRecord): Promise<boolean> {
    this.#begin()
    if (this.#running.get(task.id) !== undefined) return this.#running.cancel(task.id)
    const { log, hooks } = this.#services
    this.#overrides.delete(task.id)
    const error = { code: 'cancelled', message: 'cancelled on request' } as const
    return log.transaction((transaction) => cancelWaiting(transaction, task, error, hooks))
  }

  /** Asks a task that runs to leave off at the end of its step; null takes that back. */
  giveWay(id: TaskId, why: SetAside | null): void {
    this.#begin()
    const run = this.#running.get(id)
    if (why === null) run?.goOn()
    else run?.giveWay(why)
  }

  /** Ends the step of a task that runs; resolves when its processes are dead. */
  async setAside(id: TaskId, why: SetAside): Promise<void> {
    this.#begin()
    await this.#running.setAside(id, why)
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

  #changeSettings(settings: QueueSettings, also?: (transaction: Transaction) => void): void {
    const before = this.#settings
    this.#settings = settings
    this.#gates.update(settings.limits)
    try {
      this.#services.log.transaction((transaction) => {
        saveQueueSettings(transaction.db, settings)
        transaction.emit('queue.changed', this.state())
        also?.(transaction)
      })
    } catch (error) {
      this.#settings = before
      this.#gates.update(before.limits)
      throw error
    }
    this.#announcedHolds = this.#services.log.query(hasStartable) ? this.#holds() : ''
    this.wake()
  }

  #readGauge(reading: MachineReading): void {
    const now = this.#services.clock.now()
    this.#busy.read(reading)
    const hasCrossed = this.#gates.update(this.#settings.limits, reading)
    if (hasCrossed || this.#waitsForReading || this.#isTimeFor(now)) this.wake()
    this.#relief.read(this.#gates.memoryClosed, now)
    this.#services.log.live('system.machine', reading)
  }

  /** The clock was set back, or a timer is overdue: timers stand still while the machine sleeps. */
  #isTimeFor(nowMs: number): boolean {
    return nowMs < this.#latestMs || nowMs > this.#timerAtMs + OVERDUE_MS
  }

  #holds(): string {
    return queueHolds(this.#admission()).join()
  }

  #admission(): AdmissionState {
    const running = this.#running.perLane()
    for (const { task } of this.#leases) running[task.lane] += 1
    return {
      paused: this.#settings.paused,
      limits: this.#settings.limits,
      running,
      machine: this.#gates.reading,
      cpuClosed: this.#gates.cpuClosed,
      memoryClosed: this.#gates.memoryClosed,
      toCome: this.#forecasts.toCome(this.#running.runs(), this.#leases),
    }
  }

  /** One commit for everything that is to be decided now, and what follows from it. */
  #turn(): void {
    if (this.#phase === 'stopped') return
    this.#begin()
    const parts = [...this.#submissions.take(), ...this.#running.endings(MOST_IN_A_TURN)]
    if (this.#phase === 'started') parts.unshift(this.#followedClock())
    if (this.#phase === 'started') parts.push(this.#starts())
    const errors = commitTurn(this.#services.log, parts)
    if (this.#phase !== 'started') return
    if (errors.length === 0) this.#setTimer()
    else this.#turnAgainLater(errors)
    if (this.#submissions.size > 0 || (errors.length === 0 && this.#running.hasEndings)) this.wake()
  }

  /** Puts those to work that have a lease. */
  #begin(): void {
    const leases = this.#leases
    this.#leases = []
    for (const lease of leases) this.#running.run(lease)
    if (leases.length > 0) this.#watchdog.follow()
  }

  /** What a locked or full disk has prevented is tried again. */
  #turnAgainLater(errors: readonly unknown[]): void {
    this.#services.logger.error({ errors }, 'not all could be stored; it is tried again')
    this.#timer?.cancel()
    this.#timer = this.#services.clock.schedule(STORE_RETRY_MS, () => this.#turn())
  }

  /** A clock that was set back must not prolong waits: they move back with it. */
  #followedClock(): TurnPart {
    let nowMs = this.#latestMs
    return {
      write: ({ db, at }) => {
        if (at < this.#latestMs) moveWaitsBack(db, this.#latestMs - at)
        nowMs = at
      },
      committed: () => {
        this.#latestMs = nowMs
      },
    }
  }

  /** Wakes what is due and gives leases to what may start. */
  #starts(): TurnPart {
    let holds = this.#announcedHolds
    let running = 0
    let atMs = 0
    return {
      write: (transaction) => {
        this.#leases = []
        this.#wakeDueTimers(transaction)
        const isAnyLeft = this.#lease(transaction)
        holds = isAnyLeft ? this.#holds() : ''
        running = this.#running.size + this.#leases.length
        atMs = transaction.at
        if (running !== this.#busy.running) this.#busy.store(transaction)
        if (holds !== this.#announcedHolds) transaction.emit('queue.changed', this.state())
      },
      committed: () => {
        this.#announcedHolds = holds
        if (running !== this.#busy.running) this.#busy.settle(running, atMs)
        this.#lineWaits.note(this.#admission(), atMs)
        if (running === 0) this.#watchdog.stop()
        // Each was given a lease, or is not pending any more.
        this.#overrides.clear()
        // Who has submitted is answered before the work begins.
        if (this.#leases.length > 0) this.#services.clock.schedule(0, () => this.#begin())
      },
      failed: () => {
        this.#leases = []
      },
    }
  }

  #wakeDueTimers(transaction: Transaction): void {
    const { hooks } = this.#services
    // While it is drained the queue begins nothing that was not to run yet.
    const instants = !this.#settings.draining
    for (const id of selectDueTimers(transaction.db, transaction.at, instants)) {
      const task = readOrFail(transaction, id, hooks)
      if (task !== undefined) wakeOrGiveUp(transaction, task, hooks)
    }
  }

  /** @returns whether anybody is left who waits for nothing but room */
  #lease(transaction: Transaction): boolean {
    for (const id of this.#overrides) this.#leaseOne(transaction, id)
    const { db, at } = transaction
    const lineUp = new LineUp(db, at, (kind) => this.#forecasts.needOf(kind))
    for (
      let next = lineUp.next(this.#admission());
      next !== undefined;
      next = lineUp.next(this.#admission())
    ) {
      if (this.#leases.length >= MOST_IN_A_TURN) {
        transaction.afterCommit(() => this.wake())
        return true
      }
      // A damaged one was taken out of the line: there may be room for another.
      if (!this.#leaseOne(transaction, next.id)) transaction.afterCommit(() => this.wake())
    }
    this.#waitsForReading = lineUp.isHeldByForecast
    return lineUp.isAnyLeft
  }

  #leaseOne(transaction: Transaction, id: TaskId): boolean {
    const lease = this.#running.lease(transaction, id)
    if (lease === null) return false
    this.#leases = [...this.#leases, lease]
    this.#lineWaits.count(transaction, lease.task)
    return true
  }

  /** The next instant at which a decision may come out differently without any other fact. */
  #setTimer(): void {
    const { log, clock } = this.#services
    this.#timer?.cancel()
    this.#timer = null
    this.#timerAtMs = Number.POSITIVE_INFINITY
    const now = clock.now()
    let at =
      log.query((db) => selectNextTimer(db, !this.#settings.draining)) ?? Number.POSITIVE_INFINITY
    if (this.#gates.isClosed && this.#running.size === 0) {
      for (const lane of LANES) {
        const [head] = log.query((db) => selectStartable(db, lane, 1))
        // One whose grace is over is held back by something that is not a matter of time.
        const graceEnd = (head?.waitSinceMs ?? Number.NEGATIVE_INFINITY) + GRACE_MS
        if (graceEnd > now) at = Math.min(at, graceEnd)
      }
    }
    if (at === Number.POSITIVE_INFINITY) return
    this.#timerAtMs = at
    this.#timer = clock.schedule(Math.max(0, at - now), () => this.#turn())
  }
}

/** Of several reasons the first in the fixed order is told. */
function isToldBefore(a: WaitReason, b: WaitReason): boolean {
  return WAIT_REASONS.indexOf(a) < WAIT_REASONS.indexOf(b)
}
