import type { Correction, Evidence } from '../../../shared/model/check.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import { type CorrectionRecord, selectCorrections } from '../store/queries/corrections.js'
import { selectEvidence } from '../store/queries/evidence.js'
import { selectTask } from '../store/queries/tasks.js'

/**
 * What the checks of a task found, and what was done about it; oldest first.
 * @throws AppError `not_found`
 */
export function readEvidence(
  log: EventLog,
  clock: Clock,
  id: TaskId,
): { evidence: Evidence[]; corrections: Correction[] } {
  const now = clock.now()
  return log.query((db) => {
    if (selectTask(db, id, now) === undefined) {
      throw new AppError('not_found', `there is no task ${id}`)
    }
    const corrections = selectCorrections(db, id).map(correctionView)
    return { evidence: selectEvidence(db, id, now), corrections }
  })
}

/** As it is told to everybody. */
export function correctionView(record: CorrectionRecord): Correction {
  const { fingerprint: _f, taskAttempt: _t, ...correction } = record
  return correction
}
