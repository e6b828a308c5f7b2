import { z } from 'zod'
import { ScheduleId, TaskId } from '../model/ids.js'
import { ScheduleView } from '../model/schedule.js'
import { durable, method } from './define.js'

const ScheduleRef = z.strictObject({ scheduleId: ScheduleId })
const Changed = z.object({ schedule: ScheduleView })

/** Recurring tasks; `task.submit` with `cron` makes one. One that has ended is `not_found`. */
export const scheduleMethods = {
  /** Oldest first, without those that have ended. */
  'schedule.list': method(
    z.strictObject({}),
    z.object({ schedules: z.array(ScheduleView), seq: z.number() }),
  ),
  'schedule.get': method(ScheduleRef, Changed),
  /** Cancels the run that waits for its instant; one that has begun goes on, and none follows it. */
  'schedule.pause': method(ScheduleRef, Changed),
  /** Goes on with the next instant; those that passed meanwhile are not made up for. */
  'schedule.resume': method(ScheduleRef, Changed),
  /**
   * Runs it now, paused or not: limits and gauges do not hold it back, and the instant to come stays.
   * `invalid_state` while a run is under way.
   */
  'schedule.run': method(ScheduleRef, z.object({ taskId: TaskId, schedule: ScheduleView })),
  /** Ends it: the run that waits is cancelled, one that has begun goes on. */
  'schedule.delete': method(ScheduleRef, z.object({ scheduleId: ScheduleId })),
}

export const scheduleEvents = {
  /** Made, paused, resumed, or another run is the current one. */
  'schedule.changed': durable(z.object({ scheduleId: ScheduleId, schedule: ScheduleView })),
  'schedule.deleted': durable(z.object({ scheduleId: ScheduleId })),
}
