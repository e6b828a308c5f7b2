import { useState } from 'react'
import type { Plan } from '../../../../shared/model/plan.js'
import { remember, remembered } from '../../stores/storage.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { INPUT } from '../../ui/field.js'
import { PlanEditor } from './plan-editor.js'
import { usePlanDecision } from './use-plan-decision.js'

interface PlanApprovalProps {
  readonly plan: Plan
  readonly workspace: string
}

/** A plan that waits for the person: run it, send it back, or change it first. */
export function PlanApproval({ plan, workspace }: PlanApprovalProps) {
  const text = useText().plans
  const { busy, error, approve, reject } = usePlanDecision(plan.id)
  const [asking, setAsking] = useState(false)
  const [editing, setEditing] = useState(false)
  return (
    <div className="rounded-[10px] border border-warn/60 bg-surface px-3.5 py-2.5">
      <p className="font-medium">{text.waits}</p>
      <p className="mt-0.5 text-muted text-xs">{text.waitsHint}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button kind="primary" disabled={busy} onClick={approve}>
          {text.approve}
        </Button>
        <Button onClick={() => setEditing(true)}>{text.edit}</Button>
        <Button aria-expanded={asking} onClick={() => setAsking(!asking)}>
          {text.reject}
        </Button>
      </div>
      {asking && <RejectForm planId={plan.id} busy={busy} reject={reject} />}
      {error !== null && (
        <p role="alert" className="mt-2 break-words text-bad">
          {error}
        </p>
      )}
      {editing && (
        <PlanEditor plan={plan} workspace={workspace} onClose={() => setEditing(false)} />
      )}
    </div>
  )
}

interface RejectFormProps {
  readonly planId: string
  readonly busy: boolean
  readonly reject: (reason: string) => Promise<boolean>
}

function RejectForm({ planId, busy, reject }: RejectFormProps) {
  const text = useText().plans
  const draft = `draft.reject.${planId}`
  const [reason, setReason] = useState(() => remembered(draft) ?? '')
  return (
    <form
      className="mt-2 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void reject(reason.trim()).then((done) => done && remember(draft, null))
      }}
    >
      <textarea
        rows={2}
        aria-label={text.why}
        placeholder={text.whyHint}
        value={reason}
        className={cx(INPUT, 'h-auto resize-y py-1.5')}
        onChange={(event) => {
          setReason(event.currentTarget.value)
          remember(draft, event.currentTarget.value || null)
        }}
      />
      <Button type="submit" kind="danger" className="self-start" disabled={busy}>
        {text.rejectPlan}
      </Button>
    </form>
  )
}
