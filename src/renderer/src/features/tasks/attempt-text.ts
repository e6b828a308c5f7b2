import type { TaskAttempt } from '../../../../shared/model/task.js'
import { currentText } from '../../text/text.js'
import { formatSpent } from '../../ui/format.js'

/** What became of a stretch of an attempt; a word that is not known is why it went on later. */
export function outcomeText({ outcome, endedAt }: TaskAttempt): string {
  const text = currentText().tasks.attempts
  if (outcome === null) return endedAt === null ? text.running : text.ended
  const known = Object.entries(text.outcomes).find(([name]) => name === outcome)
  return known?.[1] ?? text.putOff(outcome)
}

export function spentText({ startedAt, endedAt }: TaskAttempt, now: number): string {
  return formatSpent((endedAt ?? now) - startedAt)
}
