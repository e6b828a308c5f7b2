import type { CheckpointId, TaskId } from '../../../shared/model/ids.js'
import type { Checkpoint } from '../../../shared/rpc/checkpoint.js'
import { AppError } from '../../../shared/rpc/errors.js'

/** Saved states of teams. */
export class TeamCheckpoints {
  async create(_id: TaskId, _name: string | undefined): Promise<Checkpoint> {
    throw unavailable()
  }
  list(_id: TaskId | undefined): Checkpoint[] {
    throw unavailable()
  }
  async restore(_id: CheckpointId): Promise<TaskId> {
    throw unavailable()
  }
  async delete(_id: CheckpointId): Promise<void> {
    throw unavailable()
  }
}

function unavailable(): AppError {
  return new AppError('invalid_state', 'not available yet')
}
