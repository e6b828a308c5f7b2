import { z } from 'zod'
import { ConversationId, TaskId } from '../model/ids.js'
import { Workflow } from '../model/workflow.js'
import { DefinitionProblem } from './agent-definitions.js'
import { method } from './define.js'

const Where = { workspace: z.string().min(1).max(4096).optional() }
const Name = z.string().min(1).max(100)

/** Reusable plans that YAML files describe. */
export const workflowMethods = {
  /** Those that hold in a workspace, by default the one of the settings, ordered by name; and what is wrong with files. */
  'workflow.list': method(
    z.strictObject(Where),
    z.object({ workflows: z.array(Workflow), problems: z.array(DefinitionProblem) }),
  ),
  'workflow.get': method(
    z.strictObject({ name: Name, ...Where }),
    z.object({ workflow: Workflow }),
  ),
  /** Starts a lead with this plan. `invalid_params` names every input that is missing or unknown. */
  'workflow.start': method(
    z.strictObject({
      name: Name,
      inputs: z.record(z.string(), z.string().max(20_000)).default({}),
      conversationId: ConversationId.optional(),
      idempotencyKey: z.string().min(1).max(200).optional(),
      ...Where,
    }),
    z.object({ taskId: TaskId }),
  ),
}
