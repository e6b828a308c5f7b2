import { ListTree } from 'lucide-react'
import type { Plan } from '../../../../shared/model/plan.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { usePlanDecision } from './use-plan-decision.js'

interface PlanCardProps {
  readonly plan: Plan
  readonly onShow?: () => void
}

/** A plan that waits for approval, in brief. */
export function PlanCard({ plan, onShow }: PlanCardProps) {
  const text = useText().plans
  const { busy, error, approve } = usePlanDecision(plan.id)
  const title = useTasks((state) => state.byId[plan.taskId]?.description ?? plan.goal)
  return (
    <article
      aria-label={text.toApprove}
      className="shrink-0 rounded-[10px] border border-warn/60 bg-surface px-3.5 py-2.5"
    >
      <p className="flex items-center gap-2 text-muted text-xs">
        <ListTree aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-warn" />
        {text.planWaits(plan.parts.length)}
      </p>
      <p className="mt-1 line-clamp-2 break-words" title={title}>
        {title}
      </p>
      <div className="mt-2 flex gap-2">
        <Button small kind="primary" disabled={busy} onClick={approve}>
          {text.approve}
        </Button>
        <Button
          small
          onClick={() => {
            onShow?.()
            showTask(plan.taskId)
          }}
        >
          {text.show}
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="mt-1.5 break-words text-bad text-xs">
          {error}
        </p>
      )}
    </article>
  )
}
