import type { BlockerId, PlanId, TaskId } from '../../../shared/model/ids.js'
import type { DurableEvent } from '../../../shared/rpc/contract.js'

/** What of an event a notification may follow from; what else there is to know is read when it is looked at. */
export type Fact = { readonly seq: number } & (
  | { readonly kind: 'progress'; readonly taskId: TaskId; readonly progress: number }
  | { readonly kind: 'ended' | 'again'; readonly taskId: TaskId }
  | { readonly kind: 'removed'; readonly taskIds: readonly TaskId[] }
  | { readonly kind: 'asked' | 'answered'; readonly blockerId: BlockerId }
  | { readonly kind: 'planned' | 'decided'; readonly planId: PlanId; readonly taskId: TaskId }
)

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
