import { z } from 'zod'
import { CheckpointId, ConversationId, TaskId } from '../model/ids.js'
import { durable, method } from './define.js'

export const Checkpoint = z.object({
  id: CheckpointId,
  /** The lead of the team. */
  taskId: TaskId,
  name: z.string(),
  createdAt: z.number(),
  /** Parts of the plan by how far they were. */
  parts: z.object({ completed: z.number(), open: z.number() }),
  /** Workspaces whose state was saved. */
  workspaces: z.number(),
})
export type Checkpoint = z.infer<typeof Checkpoint>

/** Saved states of a team: its graph, workspaces and contexts. */
export const checkpointMethods = {
  'checkpoint.create': method(
    z.strictObject({ taskId: TaskId, name: z.string().trim().min(1).max(200).optional() }),
    z.object({ checkpoint: Checkpoint }),
  ),
  /** Newest first; without a task those of all. */
  'checkpoint.list': method(
    z.strictObject({ taskId: TaskId.optional() }),
    z.object({ checkpoints: z.array(Checkpoint), seq: z.number() }),
  ),
  /** Starts a new team from that state; what has happened since stays as it is. */
  'checkpoint.restore': method(
    z.strictObject({ checkpointId: CheckpointId }),
    z.object({ taskId: TaskId }),
  ),
  'checkpoint.delete': method(
    z.strictObject({ checkpointId: CheckpointId }),
    z.object({ checkpointId: CheckpointId }),
  ),
}

export const checkpointEvents = {
  'checkpoint.created': durable(
    z.object({ taskId: TaskId, conversationId: ConversationId.optional(), checkpoint: Checkpoint }),
  ),
  'checkpoint.deleted': durable(z.object({ taskId: TaskId, checkpointId: CheckpointId })),
}
