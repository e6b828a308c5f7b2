import type { RetentionPreferences } from '../../../shared/model/preferences.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Logger, Timer } from '../ports.js'
import {
  type OldTask,
  removeLog,
  removeTask,
  selectOldestRun,
  selectOldTask,
  selectOldTasks,
} from '../store/queries/old-tasks.js'

const DAY_MS = 86_400_000
const FIRST_MS = 5 * 60_000
const SWEEP_MS = 60 * 60_000
/** Two looks must lie about as far apart as they were meant to: otherwise the clock has jumped, or the machine slept. */
const MOST_APART_MS = 3 * SWEEP_MS
const PAUSE_MS = 50
/** Of one step: some milliseconds. */
const STEP_TASKS = 20
const STEP_LOG_ROWS = 100
const STEP_EVENTS = 500

interface Place {
  readonly endedMs: number
  readonly id: string
}
const OLDEST: Place = { endedMs: Number.MIN_SAFE_INTEGER, id: '' }

export interface RetentionOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly days: () => RetentionPreferences
}

/**
 * Removes what a person does not want to keep, in small steps beside everything else.
 *
 * resting   for an hour (after the start: some minutes) → looking
 * looking   the clock goes as it should → sweeping; it has jumped → resting
 * sweeping  tasks, then events, one step and a pause after the other; nothing old left → resting
 * stopped   for good
 */
export class Retention {
  readonly #options: RetentionOptions
  #timer: Timer | null = null
  #lastLookMs: number | null = null
  #isStopped = false

  constructor(options: RetentionOptions) {
    this.#options = options
  }

  start(): void {
    if (this.#isStopped || this.#timer !== null) return
    this.#lastLookMs = this.#options.clock.now()
    this.#after(FIRST_MS, () => this.#look())
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
    this.#timer = null
  }

  #look(): void {
    const now = this.#options.clock.now()
    const apart = now - (this.#lastLookMs ?? now)
    this.#lastLookMs = now
    if (apart < 0 || apart > MOST_APART_MS) this.#rest()
    else this.#sweepTasks(OLDEST, now)
  }

  #rest(): void {
    this.#after(SWEEP_MS, () => this.#look())
  }

  #sweepTasks(place: Place, now: number): void {
    const { log, days } = this.#options
    const { outputDays, taskDays } = days()
    const logsBefore = outputDays === null ? null : now - outputDays * DAY_MS
    const tasksBefore = taskDays === null ? null : now - taskDays * DAY_MS
    const before = Math.max(logsBefore ?? -1, tasksBefore ?? -1)
    const found = log.query((db) => selectOldTasks(db, place, before, STEP_TASKS))
    const [first] = found
    if (first === undefined) {
      this.#step(() => this.#sweepEvents(now))
      return
    }
    let next: Place = place
    for (const task of found) {
      const isOld = (limit: number | null) => limit !== null && task.endedMs < limit
      const whole = isOld(tasksBefore) && task.needed === 0
      const hasOldLog = isOld(logsBefore) && task.hasLog === 1
      const isOver = whole || hasOldLog ? this.#remove(task, whole) : true
      // A long log takes several steps: the next one begins with its task again.
      if (!isOver) break
      next = task
    }
    this.#step(() => this.#sweepTasks(next, now))
  }

  /** The log first, part by part, and the task with the last of it. False while there is more of the log. */
  #remove({ id, hasLog, endedMs }: OldTask, whole: boolean): boolean {
    return this.#options.log.transaction(({ db, at, emit }) => {
      // Somebody may have tried it again since it was looked at.
      const task = selectOldTask(db, id, endedMs)
      if (task === undefined) return true
      if (hasLog === 1 && !removeLog(db, id, STEP_LOG_ROWS, at)) return false
      if (!whole || task.needed === 1) return true
      removeTask(db, id, at)
      emit('task.removed', { taskIds: [id] })
      return true
    })
  }

  #sweepEvents(now: number): void {
    const { log, days } = this.#options
    const { eventDays } = days()
    if (eventDays === null) {
      this.#rest()
      return
    }
    const oldestRun = log.query(selectOldestRun) ?? now
    const more = log.removeOld(Math.min(now - eventDays * DAY_MS, oldestRun), STEP_EVENTS)
    if (more) this.#step(() => this.#sweepEvents(now))
    else this.#rest()
  }

  #step(act: () => void): void {
    this.#after(PAUSE_MS, act)
  }

  #after(delayMs: number, act: () => void): void {
    this.#timer = this.#options.clock.schedule(delayMs, () => {
      this.#timer = null
      if (this.#isStopped) return
      try {
        act()
      } catch (error) {
        this.#options.logger.warn({ error }, 'what is old could not be removed; trying again later')
        this.#rest()
      }
    })
  }
}
