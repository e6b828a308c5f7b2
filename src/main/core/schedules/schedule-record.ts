import type { z } from 'zod'
import type { ScheduleId, TaskId } from '../../../shared/model/ids.js'
import type { Misfire } from '../../../shared/model/misfire.js'
import { TaskSubmitParams } from '../../../shared/rpc/task.js'

/** What every run is submitted with: the submission that made the schedule, without what concerns time. */
export const ScheduleTemplate = TaskSubmitParams.omit({
  cron: true,
  timezone: true,
  misfire: true,
  runAt: true,
  dependencies: true,
  onDependencyFailure: true,
  parentId: true,
  idempotencyKey: true,
}).required({ workspace: true })
export type ScheduleTemplate = z.infer<typeof ScheduleTemplate>

/** A recurring task as stored. Times are epoch ms. */
export interface ScheduleRecord {
  readonly id: ScheduleId
  readonly cron: string
  readonly timezone: string
  readonly misfire: Misfire
  readonly template: ScheduleTemplate
  readonly paused: boolean
  /** The run that waits for its instant or is under way. */
  readonly taskId: TaskId | null
  /** Up to here every instant was run or given up. */
  readonly settledMs: number
  /** Runs that have begun and ended. */
  readonly runs: number
  /** The newest of them. */
  readonly lastTaskId: TaskId | null
  readonly createdAtMs: number
  readonly endedAtMs: number | null
}
