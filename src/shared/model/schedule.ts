import { z } from 'zod'
import { ScheduleId, TaskId } from './ids.js'
import { Misfire } from './misfire.js'
import { TaskState, TaskType, TaskView } from './task.js'

/** A run of a recurring task that has begun. Times are epoch ms. */
export const ScheduleRun = z.object({
  taskId: TaskId,
  state: TaskState,
  startedAt: z.number().optional(),
  completedAt: z.number().optional(),
  /** It could not run at its instant and ran later. */
  missed: TaskView.shape.missed,
})
export type ScheduleRun = z.infer<typeof ScheduleRun>

/**
 * A task that comes back. Each of its runs is a task of its own with its `scheduleId`, and there is one of
 * them at a time: the next is made when the one before it has ended.
 */
export const ScheduleView = z.object({
  scheduleId: ScheduleId,
  cron: z.string(),
  /** IANA name. */
  timezone: z.string(),
  misfire: Misfire,
  description: z.string(),
  type: TaskType,
  paused: z.boolean(),
  /** The run that waits for its instant or is under way; null while there is none, as when it is paused. */
  taskId: TaskId.nullable(),
  /** Of that run. */
  state: TaskState.nullable(),
  /** Epoch ms; null while it is paused. While a run is under way: when the rule wants the one after it. */
  nextRunAt: z.number().nullable(),
  /** The newest run that has begun, which may be under way. */
  lastRun: ScheduleRun.optional(),
  /** How many runs have begun. */
  runs: z.number(),
  createdAt: z.number(),
})
export type ScheduleView = z.infer<typeof ScheduleView>
