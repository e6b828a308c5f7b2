import { z } from 'zod'
import { ConversationId, PlanId, TaskId } from '../model/ids.js'
import { PartParams, Plan } from '../model/plan.js'
import { durable, method } from './define.js'

/** Plans of leads. */
export const planMethods = {
  /** Oldest first. */
  'plan.list': method(
    z.strictObject({ taskId: TaskId }),
    z.object({ plans: z.array(Plan), seq: z.number() }),
  ),
  /** Replaces the parts of a plan that waits for approval. */
  'plan.update': method(
    z.strictObject({ planId: PlanId, parts: z.array(PartParams).min(1) }),
    z.object({ plan: Plan }),
  ),
  'plan.approve': method(z.strictObject({ planId: PlanId }), z.object({ plan: Plan })),
  /** The lead is told why, and may plan again. */
  'plan.reject': method(
    z.strictObject({ planId: PlanId, reason: z.string().trim().max(5_000).optional() }),
    z.object({ plan: Plan }),
  ),
}

export const planEvents = {
  /** Proposed, changed, approved, rejected, begun or settled. */
  'plan.updated': durable(
    z.object({ taskId: TaskId, conversationId: ConversationId.optional(), plan: Plan }),
  ),
}
