import type { PlanId, TaskId } from '../../../shared/model/ids.js'
import type { PartParams, Plan } from '../../../shared/model/plan.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { WriteDb } from '../store/database.js'

/** Plans of leads: proposed, changed, approved, run. */
export class Plans {
  list(_id: TaskId): Plan[] {
    throw unavailable()
  }
  async update(_id: PlanId, _parts: readonly PartParams[]): Promise<Plan> {
    throw unavailable()
  }
  approve(_id: PlanId): Plan {
    throw unavailable()
  }
  reject(_id: PlanId, _reason: string | undefined): Plan {
    throw unavailable()
  }
  /** Whether a lead may not go on before its plan was looked at. */
  isOpen(_db: WriteDb, _taskId: TaskId): boolean {
    return false
  }
}

function unavailable(): AppError {
  return new AppError('invalid_state', 'not available yet')
}
