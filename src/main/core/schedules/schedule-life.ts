import type { ScheduleId, TaskId } from '../../../shared/model/ids.js'
import type { Transaction } from '../events/event-log.js'
import type { Ids } from '../ports.js'
import { firstWait } from '../scheduler/first-wait.js'
import { newTask, type Submission } from '../scheduler/new-task.js'
import { about } from '../scheduler/task-events.js'
import { type EndedHook, wakeUp } from '../scheduler/task-lifecycle.js'
import { viewOf } from '../scheduler/task-view.js'
import { insertSchedule, selectSchedule, updateSchedule } from '../store/queries/schedules.js'
import { insertTask, selectTask, updateRunAt } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { CronRule, firstInstant } from './cron.js'
import { misfireOf, nextOccurrence } from './misfire.js'
import { type ScheduleRecord, ScheduleTemplate } from './schedule-record.js'
import { hasBegun, scheduleView } from './schedule-view.js'

/**
 * Stores a recurring task and its first run.
 * @throws AppError `invalid_params` for a rule that cannot be read or never comes
 */
export function createSchedule(
  transaction: Transaction,
  ids: Ids,
  { params, workspace, contentHash }: Submission,
  rule: { readonly cron: string; readonly timezone: string },
): TaskId {
  const { at } = transaction
  const first = firstInstant(rule.cron, rule.timezone, at)
  const schedule: ScheduleRecord = {
    id: ids.next('sched') as ScheduleId,
    cron: rule.cron.trim().replaceAll(/\s+/g, ' '),
    timezone: rule.timezone,
    misfire: misfireOf(params.misfire),
    template: ScheduleTemplate.strip().parse({ ...params, workspace }),
    paused: false,
    taskId: null,
    settledMs: at,
    runs: 0,
    lastTaskId: null,
    createdAtMs: at,
    endedAtMs: null,
  }
  insertSchedule(transaction.db, schedule)
  const identity = { contentHash, idempotencyKey: params.idempotencyKey ?? null }
  return addRun(transaction, ids, schedule, first, identity)
}

const NO_IDENTITY = { contentHash: null, idempotencyKey: null } as const

/** Makes the next run of a schedule, an ordinary task, and tells of both. */
export function addRun(
  transaction: Transaction,
  ids: Ids,
  schedule: ScheduleRecord,
  runAtMs: number,
  identity: Pick<TaskRecord, 'contentHash' | 'idempotencyKey'> = NO_IDENTITY,
): TaskId {
  const { db, at } = transaction
  const { template, misfire } = schedule
  const id = ids.next('task') as TaskId
  const submission: Submission = {
    params: { ...template, misfire, runAt: runAtMs },
    workspace: template.workspace,
    contentHash: null,
  }
  const wait = firstWait([], runAtMs, at)
  insertTask(db, {
    ...newTask(id, submission, wait, at),
    ...identity,
    scheduleId: schedule.id,
  })
  const task = selectTask(db, id, at)
  if (task === undefined) throw new Error(`${id} was stored and cannot be read`)
  const waitingFor = {
    reason: wait.reason ?? ('starting' as const),
    detail: wait.detail ?? 'Its instant has come; starts as soon as there is room.',
    since: at,
  }
  transaction.emit('task.created', {
    ...about(task),
    task: viewOf(task, { waitingFor, estimate: null }),
  })
  saveSchedule(transaction, { ...schedule, taskId: id })
  return id
}

/** The next run; a rule that names no further instant ends the schedule. */
export function addNextRun(
  transaction: Transaction,
  ids: Ids,
  schedule: ScheduleRecord,
  nextMs: number | null,
): void {
  if (nextMs === null) endSchedule(transaction, schedule)
  else addRun(transaction, ids, { ...schedule, settledMs: nextMs - 1 }, nextMs)
}

/**
 * Keeps a schedule going: in the very commit in which its current run ends, the next one is made. So there
 * is one at a time, and no crash can fall between the two. The other runs of it (one that is tried again)
 * are tasks like any other.
 */
export function followSchedules(ids: Ids, wake: () => void): EndedHook {
  return (transaction, task) => {
    const { db, at } = transaction
    const stored = task.scheduleId === null ? undefined : selectSchedule(db, task.scheduleId, at)
    if (stored === undefined || stored.taskId !== task.id) return
    const schedule: ScheduleRecord = {
      ...stored,
      taskId: null,
      ...(hasBegun(task) ? { runs: stored.runs + 1, lastTaskId: task.id } : {}),
    }
    if (schedule.paused) {
      saveSchedule(transaction, schedule)
      return
    }
    const run = {
      settledMs: schedule.settledMs,
      scheduledMs: task.runAtMs ?? schedule.settledMs,
      startedMs: task.startedAtMs,
    }
    const rule = new CronRule(schedule.cron, schedule.timezone)
    addNextRun(transaction, ids, schedule, nextOccurrence(rule, run, at, schedule.misfire))
    transaction.afterCommit(wake)
  }
}

export function saveSchedule(transaction: Transaction, schedule: ScheduleRecord): void {
  updateSchedule(transaction.db, schedule)
  transaction.emit('schedule.changed', {
    scheduleId: schedule.id,
    schedule: scheduleView(transaction, schedule),
  })
}

/** No run follows any more; what becomes of the current one is for the caller to say. */
export function endSchedule(transaction: Transaction, schedule: ScheduleRecord): void {
  updateSchedule(transaction.db, { ...schedule, taskId: null, endedAtMs: transaction.at })
  transaction.emit('schedule.deleted', { scheduleId: schedule.id })
}

/** Whether it is a run whose instant has not come. */
export function waitsForInstant(task: TaskRecord): boolean {
  return task.scheduleId !== null && task.state === 'pending' && task.ownWait === 'schedule'
}

/** The run is for now instead of for its instant, which is still to come for the run after it. */
export function bringForward(transaction: Transaction, task: TaskRecord): void {
  const runAtMs = transaction.at
  updateRunAt(transaction.db, task.id, runAtMs)
  wakeUp(transaction, { ...task, runAtMs })
}
