import type { ScheduleRun, ScheduleView } from '../../../../shared/model/schedule.js'
import { currentText } from '../../text/text.js'
import { formatAgo, formatDuration, formatMoment } from '../../ui/format.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** When a recurring task runs next, or why it does not. */
export function nextText({ paused, nextRunAt }: ScheduleView, now: number): string {
  const text = currentText().schedules
  if (paused) return text.paused
  if (nextRunAt === null) return text.noNext
  const moment = formatMoment(nextRunAt, now)
  const wait = nextRunAt - now
  if (wait < 0) return text.dueSince(moment)
  return wait < DAY_MS ? text.nextIn(moment, formatDuration(wait)) : text.next(moment)
}

/** `Failed 5m ago`, `Running`: how the newest run stands. */
export function runText({ state, completedAt }: ScheduleRun, now: number): string {
  const { monitor, schedules } = currentText()
  const label = monitor.states[state]
  return completedAt === undefined ? label : schedules.ended(label, formatAgo(completedAt, now))
}

/** That a run came late; null for one that came in time. */
export function missedText({ missed }: ScheduleRun, now: number): string | null {
  if (missed === undefined) return null
  const { scheduledAt, ranAt } = missed
  return currentText().schedules.missed(formatMoment(scheduledAt, now), formatMoment(ranAt, now))
}
