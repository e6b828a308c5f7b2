import type { TaskId } from '../../../shared/model/ids.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import { AppError } from '../../../shared/rpc/errors.js'

/** What models have cost, by day, by agent and by tree of tasks. */
export class Costs {
  summary(_days: number): ResultOf<'cost.summary'> {
    throw unavailable()
  }
  tree(_id: TaskId): ResultOf<'cost.tree'> {
    throw unavailable()
  }
}

function unavailable(): AppError {
  return new AppError('invalid_state', 'not available yet')
}
