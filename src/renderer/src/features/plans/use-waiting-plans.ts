import { useMemo } from 'react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import type { Plan } from '../../../../shared/model/plan.js'
import { usePlans, waitingPlans } from '../../stores/plans.js'
import { useTasks } from '../../stores/tasks.js'

/** Plans that wait for approval: of a conversation, or all. */
export function useWaitingPlans(conversationId?: ConversationId): readonly Plan[] {
  const plans = usePlans()
  const byId = useTasks((state) => state.byId)
  return useMemo(() => waitingPlans(plans, { byId }, conversationId), [plans, byId, conversationId])
}
