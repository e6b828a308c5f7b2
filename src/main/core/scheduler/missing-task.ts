import { AppError } from '../../../shared/rpc/errors.js'
import type { ReadDb } from '../store/database.js'
import { selectRemoval } from '../store/queries/old-tasks.js'

/** Why there is no such task: there never was one, or it was removed because of its age. */
export function missingTask(db: ReadDb, id: string): AppError {
  const removedMs = selectRemoval(db, id)
  if (removedMs === undefined) return new AppError('not_found', `there is no task ${id}`)
  const at = new Date(removedMs).toISOString()
  return new AppError(
    'not_found',
    `task ${id} was removed at ${at}, as the settings say (retention)`,
  )
}
