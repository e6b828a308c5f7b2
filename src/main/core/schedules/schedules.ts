import type { ScheduleId, TaskId } from '../../../shared/model/ids.js'
import type { ScheduleView } from '../../../shared/model/schedule.js'
import type { TaskError } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Ids } from '../ports.js'
import type { Submission } from '../scheduler/new-task.js'
import { cancelWaiting, type EndedHook } from '../scheduler/task-lifecycle.js'
import { selectOpenSchedules, selectSchedule } from '../store/queries/schedules.js'
import { selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { CronRule } from './cron.js'
import {
  addNextRun,
  addRun,
  bringForward,
  createSchedule,
  endSchedule,
  saveSchedule,
  waitsForInstant,
} from './schedule-life.js'
import type { ScheduleRecord } from './schedule-record.js'
import { currentRun, hasBegun, scheduleView } from './schedule-view.js'

export interface ScheduleServices {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  /** Of a recurring task that names none. */
  readonly timezone: string
  readonly hooks: readonly EndedHook[]
  /** Something may start, or a timer is new. */
  readonly wake: () => void
  /** Starts a pending task at once, limits or not. */
  readonly runNow: (task: TaskRecord) => void
}

/**
 * Recurring tasks: look at them and steer them. A schedule is active, paused or over. While it is active
 * there is always one run that waits or is under way (`followSchedules` makes the next one); once paused or
 * over, only one that had begun before.
 */
export class Schedules {
  readonly #services: ScheduleServices

  constructor(services: ScheduleServices) {
    this.#services = services
  }

  /**
   * @returns the id of the first run
   * @throws AppError `invalid_params` for a rule that never comes
   */
  create(transaction: Transaction, submission: Submission): TaskId {
    const { ids, timezone, wake } = this.#services
    const { cron = '', timezone: named = timezone } = submission.params
    transaction.afterCommit(wake)
    return createSchedule(transaction, ids, submission, { cron, timezone: named })
  }

  /** Without those that are over, oldest first. */
  list(): ScheduleView[] {
    const { log, clock } = this.#services
    const at = clock.now()
    return log.query((db) =>
      selectOpenSchedules(db, at).map((schedule) => scheduleView({ db, at }, schedule)),
    )
  }

  get(id: ScheduleId): ScheduleView {
    const { log, clock } = this.#services
    const at = clock.now()
    return log.query((db) => scheduleView({ db, at }, open({ db, at }, id)))
  }

  /** A run that has begun goes on; one that has not is cancelled, and nothing starts until `resume`. */
  pause(id: ScheduleId): ScheduleView {
    this.#services.log.transaction((transaction) => {
      const schedule = open(transaction, id)
      if (schedule.paused) return
      const current = currentRun(transaction, schedule)
      const goesOn = current !== undefined && hasBegun(current)
      saveSchedule(transaction, {
        ...schedule,
        paused: true,
        taskId: goesOn ? current.id : null,
      })
      if (current !== undefined && !goesOn) {
        this.#cancel(transaction, current, `its schedule ${id} was paused`)
      }
    })
    return this.get(id)
  }

  /** What passed while it was paused is not made up for. */
  resume(id: ScheduleId): ScheduleView {
    const { log } = this.#services
    log.transaction((transaction) => {
      const stored = open(transaction, id)
      if (!stored.paused) return
      const schedule = { ...stored, paused: false, settledMs: transaction.at }
      if (currentRun(transaction, schedule) === undefined) this.#addNext(transaction, schedule)
      else saveSchedule(transaction, schedule)
    })
    return this.get(id)
  }

  /**
   * Runs it now, paused or not. The instant to come stays.
   * @returns the id of the run
   */
  run(id: ScheduleId): TaskId {
    const { log, ids, runNow } = this.#services
    const task = log.transaction((transaction) => {
      const { db, at } = transaction
      const schedule = open(transaction, id)
      const current = currentRun(transaction, schedule)
      if (current?.state === 'running') {
        throw new AppError(
          'invalid_state',
          `schedule ${id} runs already, as task ${current.id}: wait for its end or cancel it`,
        )
      }
      if (current !== undefined && waitsForInstant(current)) {
        bringForward(transaction, current)
        saveSchedule(transaction, schedule)
      }
      const taskId = current?.id ?? addRun(transaction, ids, schedule, at)
      return selectTask(db, taskId, at)
    })
    if (task === undefined) throw new AppError('not_found', `schedule ${id}: its run is gone`)
    runNow(task)
    return task.id
  }

  /** Ends it; a run that has begun goes on. */
  delete(id: ScheduleId): void {
    this.#services.log.transaction((transaction) => {
      const schedule = open(transaction, id)
      const current = currentRun(transaction, schedule)
      endSchedule(transaction, schedule)
      if (current !== undefined && !hasBegun(current)) {
        this.#cancel(transaction, current, `its schedule ${id} was deleted`)
      }
    })
  }

  /**
   * Who cancels the run that waits for its instant means the schedule: the id of a run is what its
   * submitter was given.
   * @returns false when the task is nothing of the kind, and nothing was done
   */
  endWith(task: TaskRecord): boolean {
    if (!waitsForInstant(task)) return false
    const { log } = this.#services
    return log.transaction((transaction) => {
      const { db, at } = transaction
      const schedule = selectSchedule(db, task.scheduleId ?? '', at)
      if (schedule?.taskId !== task.id) return false
      endSchedule(transaction, schedule)
      const message = `cancelled on request, and with it its schedule ${schedule.id}: it does not run again`
      return this.#cancel(transaction, task, message)
    })
  }

  /** The same task, meant for now if it was a run that waits for its instant. */
  bringForward(task: TaskRecord): TaskRecord {
    if (!waitsForInstant(task)) return task
    return this.#services.log.transaction((transaction) => {
      const { db, at } = transaction
      bringForward(transaction, task)
      const schedule = selectSchedule(db, task.scheduleId ?? '', at)
      if (schedule?.taskId === task.id) saveSchedule(transaction, schedule)
      return selectTask(db, task.id, at) ?? task
    })
  }

  /** An active schedule whose run is gone (a damaged row) goes on with the next instant. */
  mend(): void {
    this.#services.log.transaction((transaction) => {
      for (const schedule of selectOpenSchedules(transaction.db, transaction.at)) {
        if (schedule.paused || currentRun(transaction, schedule) !== undefined) continue
        this.#addNext(transaction, schedule)
      }
    })
  }

  #addNext(transaction: Transaction, schedule: ScheduleRecord): void {
    const { ids, wake } = this.#services
    const afterMs = Math.max(schedule.settledMs, transaction.at)
    const rule = new CronRule(schedule.cron, schedule.timezone)
    addNextRun(transaction, ids, schedule, rule.nextAfter(afterMs))
    transaction.afterCommit(wake)
  }

  #cancel(transaction: Transaction, task: TaskRecord, message: string): boolean {
    const error: TaskError = { code: 'cancelled', message }
    return cancelWaiting(transaction, task, error, this.#services.hooks)
  }
}

/** @throws AppError `not_found` for one that never was, is over, or cannot be read */
function open({ db, at }: Pick<Transaction, 'db' | 'at'>, id: ScheduleId): ScheduleRecord {
  const schedule = selectSchedule(db, id, at)
  if (schedule === undefined) throw new AppError('not_found', `there is no schedule ${id}`)
  if (schedule.endedAtMs === null) return schedule
  throw new AppError(
    'not_found',
    `schedule ${id} is over since ${new Date(schedule.endedAtMs).toISOString()}: submit its task anew`,
  )
}
