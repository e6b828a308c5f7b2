import type { TaskAttempt } from '../../../../shared/model/task.js'
import { currentText } from '../../text/text.js'
import { formatMoment, formatSecond, formatSpan, formatSpent } from '../../ui/format.js'

/** What became of a stretch of an attempt; a word that is not known is why it went on later. */
export function outcomeText({ outcome, endedAt }: TaskAttempt): string {
  const text = currentText().tasks.attempts
  if (outcome === null) return endedAt === null ? text.running : text.ended
  const known = Object.entries(text.outcomes).find(([name]) => name === outcome)
  return known?.[1] ?? text.putOff(outcome)
}

/** When it was; of one that was interrupted only the beginning is known. */
export function spanText({ startedAt, endedAt, outcome }: TaskAttempt, now: number): string {
  if (endedAt === null) return currentText().tasks.attempts.since(formatMoment(startedAt, now))
  if (outcome === 'interrupted') return formatSecond(startedAt, now)
  return formatSpan(startedAt, endedAt, now)
}

export function spentText({ startedAt, endedAt, outcome }: TaskAttempt, now: number): string {
  const spent = (endedAt ?? now) - startedAt
  if (outcome !== 'interrupted') return formatSpent(spent)
  // It ran on for up to a heartbeat after it was last seen to run.
  const text = currentText().tasks.attempts
  return spent < 1000 ? text.spentUnknown : text.spentAtLeast(formatSpent(spent))
}
