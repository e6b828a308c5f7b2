import type { Correction, Evidence } from '../../../shared/model/check.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'

/** What the checks of a task found, and what was done about it; oldest first. */
export function readEvidence(
  _log: EventLog,
  _clock: Clock,
  _id: TaskId,
): { evidence: Evidence[]; corrections: Correction[] } {
  return { evidence: [], corrections: [] }
}
