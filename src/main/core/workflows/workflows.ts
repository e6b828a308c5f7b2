import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { Workflow } from '../../../shared/model/workflow.js'
import type { DefinitionProblem } from '../../../shared/rpc/agent-definitions.js'
import { AppError } from '../../../shared/rpc/errors.js'

export interface WorkflowStart {
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
  readonly workspace?: string | undefined
  readonly conversationId?: ConversationId | undefined
  readonly idempotencyKey?: string | undefined
}

/** Plans that are kept as files. */
export class Workflows {
  async list(
    _workspace: string | undefined,
  ): Promise<{ workflows: Workflow[]; problems: DefinitionProblem[] }> {
    throw unavailable()
  }
  async get(_name: string, _workspace: string | undefined): Promise<Workflow> {
    throw unavailable()
  }
  async start(_start: WorkflowStart): Promise<TaskId> {
    throw unavailable()
  }
}

function unavailable(): AppError {
  return new AppError('invalid_state', 'not available yet')
}
