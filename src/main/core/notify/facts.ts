import { z } from 'zod'
import { BlockerId, PlanId, TaskId } from '../../../shared/model/ids.js'
import type { DurableEvent } from '../../../shared/rpc/contract.js'

const seq = z.number()

/** What of an event a notification may follow from; what else there is to know is read when it is looked at. */
export const Fact = z.discriminatedUnion('kind', [
  z.object({ seq, kind: z.literal('progress'), taskId: TaskId, progress: z.number() }),
  z.object({ seq, kind: z.enum(['ended', 'again']), taskId: TaskId }),
  z.object({ seq, kind: z.literal('removed'), taskIds: z.array(TaskId) }),
  z.object({ seq, kind: z.enum(['asked', 'answered']), blockerId: BlockerId }),
  z.object({ seq, kind: z.enum(['planned', 'decided']), planId: PlanId, taskId: TaskId }),
])
export type Fact = z.infer<typeof Fact>

export function factOf(event: DurableEvent): Fact | null {
  const { seq, name, payload } = event
  switch (name) {
    case 'task.progress':
      return { seq, kind: 'progress', taskId: payload.taskId, progress: payload.progress }
    case 'task.completed':
    case 'task.failed':
    case 'task.cancelled':
      return { seq, kind: 'ended', taskId: payload.taskId }
    case 'task.started':
    case 'task.waiting':
      return { seq, kind: 'again', taskId: payload.taskId }
    case 'task.removed':
      return { seq, kind: 'removed', taskIds: payload.taskIds }
    case 'blocker.created':
      return { seq, kind: 'asked', blockerId: payload.blocker.id }
    case 'blocker.resolved':
    case 'blocker.expired':
    case 'blocker.cancelled':
      return { seq, kind: 'answered', blockerId: payload.blocker.id }
    case 'plan.updated': {
      const { id, state } = payload.plan
      const kind = state === 'proposed' ? 'planned' : 'decided'
      return { seq, kind, planId: id, taskId: payload.taskId }
    }
    default:
      return null
  }
}
