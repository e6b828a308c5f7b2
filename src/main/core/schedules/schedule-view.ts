import type { ScheduleRun, ScheduleView } from '../../../shared/model/schedule.js'
import { isTerminal } from '../../../shared/model/task.js'
import type { Transaction } from '../events/event-log.js'
import { viewOf } from '../scheduler/task-view.js'
import { selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { CronRule } from './cron.js'
import type { ScheduleRecord } from './schedule-record.js'

type Read = Pick<Transaction, 'db' | 'at'>

/** The run of a schedule that waits or is under way. */
export function currentRun(
  { db, at }: Read,
  { taskId }: Pick<ScheduleRecord, 'taskId'>,
): TaskRecord | undefined {
  const task = taskId === null ? undefined : selectTask(db, taskId, at)
  return task === undefined || isTerminal(task.state) ? undefined : task
}

/** Between two attempts it counts as begun. */
export function hasBegun(task: TaskRecord): boolean {
  return task.startedAtMs !== null
}

export function scheduleView(read: Read, schedule: ScheduleRecord): ScheduleView {
  const { db, at } = read
  const current = currentRun(read, schedule)
  const begun = current !== undefined && hasBegun(current)
  const last =
    begun || schedule.lastTaskId === null ? current : selectTask(db, schedule.lastTaskId, at)
  return {
    scheduleId: schedule.id,
    cron: schedule.cron,
    timezone: schedule.timezone,
    misfire: schedule.misfire,
    description: schedule.template.description,
    type: schedule.template.type,
    paused: schedule.paused,
    taskId: current?.id ?? null,
    state: current?.state ?? null,
    nextRunAt: nextRunAt(schedule, begun ? undefined : current, at),
    ...(last === undefined || !hasBegun(last) ? {} : { lastRun: runOf(last) }),
    runs: schedule.runs + (begun ? 1 : 0),
    createdAt: schedule.createdAtMs,
  }
}

function nextRunAt(
  {
    paused,
    cron,
    timezone,
    settledMs,
  }: Pick<ScheduleRecord, 'paused' | 'cron' | 'timezone' | 'settledMs'>,
  waiting: TaskRecord | undefined,
  nowMs: number,
): number | null {
  if (waiting !== undefined) return waiting.runAtMs
  return paused ? null : new CronRule(cron, timezone).nextAfter(Math.max(nowMs, settledMs))
}

function runOf(task: TaskRecord): ScheduleRun {
  const { startedAt, completedAt, missed } = viewOf(task, { waitingFor: null, estimate: null })
  return {
    taskId: task.id,
    state: task.state,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(completedAt === undefined ? {} : { completedAt }),
    ...(missed === undefined ? {} : { missed }),
  }
}
