import type { ScheduleRun, ScheduleView } from '../../../../shared/model/schedule.js'
import { formatAgo, formatDuration, formatMoment } from '../../ui/format.js'
import { STATE_LABELS } from '../tasks/task-state.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** When a recurring task runs next, or why it does not. */
export function nextText({ paused, nextRunAt }: ScheduleView, now: number): string {
  if (paused) return 'Paused: it does not run by itself'
  if (nextRunAt === null) return 'No next run'
  const moment = formatMoment(nextRunAt, now)
  const wait = nextRunAt - now
  if (wait < 0) return `Due since ${moment}`
  return wait < DAY_MS ? `Next run ${moment}, in ${formatDuration(wait)}` : `Next run ${moment}`
}

/** `Failed 5m ago`, `Running`: how the newest run stands. */
export function runText({ state, completedAt }: ScheduleRun, now: number): string {
  const when = completedAt === undefined ? '' : ` ${formatAgo(completedAt, now)}`
  return `${STATE_LABELS[state]}${when}`
}

/** That a run came late; null for one that came in time. */
export function missedText({ missed }: ScheduleRun, now: number): string | null {
  if (missed === undefined) return null
  return `Missed ${formatMoment(missed.scheduledAt, now)}, ran ${formatMoment(missed.ranAt, now)}`
}
