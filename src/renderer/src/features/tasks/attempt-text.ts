import type { TaskAttempt } from '../../../../shared/model/task.js'
import { formatDuration } from '../../ui/format.js'

/** What became of a stretch of an attempt; any other word is why it went on later. */
const OUTCOMES: Readonly<Record<string, string>> = {
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted: the app ended meanwhile',
  answer: 'Went on to wait for an answer',
  approval: 'Went on to wait for an approval',
  children: 'Went on to wait for its subtasks',
  mail: 'Went on to wait for mail',
  quota: 'Put off: the quota of the model was used up',
  memory: 'Put off: memory was short',
}

export function outcomeText({ outcome, endedAt }: TaskAttempt): string {
  if (outcome === null) return endedAt === null ? 'Running' : 'Ended'
  return OUTCOMES[outcome] ?? `Put off: ${outcome}`
}

export function spentText({ startedAt, endedAt }: TaskAttempt, now: number): string {
  const spent = (endedAt ?? now) - startedAt
  return spent < 1000 ? 'under 1s' : formatDuration(spent)
}
