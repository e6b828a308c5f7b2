import { useState } from 'react'
import type { PlanId } from '../../../../shared/model/ids.js'
import type { Plan } from '../../../../shared/model/plan.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { usePlans, withPlan } from '../../stores/plans.js'
import { focusWhenFree } from '../../ui/focus-when-free.js'

/** Approves or rejects a plan. What the host refuses is told beside the buttons. */
export function usePlanDecision(planId: PlanId) {
  const host = useHost()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const run = async (call: Promise<{ readonly plan: Plan }>) => {
    setBusy(true)
    setError(null)
    try {
      const { plan } = await call
      usePlans.setState((state) => withPlan(state, plan))
      // The buttons that were pressed are gone.
      focusWhenFree('[data-inbox]', '[data-plan]', '#composer')
      return true
    } catch (reason) {
      setError(messageOf(reason))
      return false
    } finally {
      setBusy(false)
    }
  }
  return {
    busy,
    error,
    approve: () => void run(host.call('plan.approve', { planId })),
    reject: (reason: string) =>
      run(host.call('plan.reject', { planId, ...(reason === '' ? {} : { reason }) })),
  }
}
