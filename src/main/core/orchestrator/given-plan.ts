import { z } from 'zod'
import { PlanParams } from '../../../shared/model/plan.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import { assignParts } from './plan-graph.js'

/** Kept with the task of a lead whose plan is settled before it begins. */
const WithPlan = z.looseObject({ plan: z.unknown() })

/** The plan that a lead was given; null where it makes its own. */
export function givenPlan(input: unknown): PlanParams | null {
  const parsed = WithPlan.safeParse(input)
  if (!parsed.success || !('plan' in parsed.data)) return null
  const plan = PlanParams.safeParse(parsed.data.plan)
  return plan.success ? plan.data : null
}

/**
 * A plan that cannot be run is refused before there is a task for it.
 * @throws AppError `invalid_params` that names what is wrong, `limit_exceeded` for too many parts
 */
export function refuseGivenPlan({ type, input }: TaskSubmitParams): void {
  if (type !== 'orchestration') return
  const parsed = WithPlan.safeParse(input)
  if (!parsed.success || !('plan' in parsed.data)) return
  const plan = PlanParams.safeParse(parsed.data.plan)
  if (!plan.success) {
    const [issue] = plan.error.issues
    const field = ['input.plan', ...(issue?.path ?? [])].join('.')
    throw new AppError('invalid_params', `${field}: ${issue?.message ?? 'is no plan'}`)
  }
  // Which agents there are is known when it runs.
  assignParts(plan.data.parts, [])
}
