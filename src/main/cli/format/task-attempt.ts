import type { TaskAttempt } from '../../../shared/model/task.js'
import type { Terminal } from '../terminal.js'
import { formatDateTime, formatDuration } from './duration.js'

/** `Attempt 1: failed after 3s, began 2027-01-31 09:04 (command_failed: exit code 1)`. */
export function attemptLine(attempt: TaskAttempt, terminal: Terminal, nowMs: number): string {
  const { startedAt, endedAt, outcome, error } = attempt
  const spent = formatDuration(((endedAt ?? nowMs) - startedAt) / 1000)
  const ended = terminal.foreignLine(outcome ?? 'ended')
  // Only when it was last seen to run is known of one that was interrupted.
  const atLeast = outcome === 'interrupted' ? 'at least ' : ''
  const how = endedAt === null ? `running for ${spent}` : `${ended} after ${atLeast}${spent}`
  const why = error === null ? '' : ` (${error.code}: ${terminal.foreignLine(error.message)})`
  return `Attempt ${attempt.attempt}: ${how}, began ${formatDateTime(startedAt)}${why}`
}
