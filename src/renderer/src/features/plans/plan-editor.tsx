import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { MOST_PARTS, type Plan } from '../../../../shared/model/plan.js'
import { useHost } from '../../app/host.js'
import { useRead } from '../../app/use-read.js'
import { usePlans, withPlan } from '../../stores/plans.js'
import { remember, remembered } from '../../stores/storage.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { PartForm } from './part-form.js'
import {
  changedPart,
  draftFrom,
  draftOf,
  NO_ERRORS,
  type PartDraft,
  paramsOf,
  planErrors,
  withNewPart,
  withoutPart,
} from './plan-draft.js'

interface PlanEditorProps {
  readonly plan: Plan
  readonly workspace: string
  readonly onClose: () => void
}

/** Changes the parts of a plan before it runs. What was changed is kept until the host has accepted it. */
export function PlanEditor({ plan, workspace, onClose }: PlanEditorProps) {
  const text = useText().plans
  const { parts, setParts, reset, kept, save, sending, errors, movedOn } = useDraft(plan, onClose)
  const { value } = useRead('agent.definitions', { workspace }, '')
  const agents = value?.definitions.map(({ name }) => name) ?? []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  return (
    <Dialog title={text.editTitle} wide holdsText onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-4">
          {parts.map((part, index) => (
            <PartForm
              key={part.key}
              part={part}
              number={index + 1}
              parts={parts}
              agents={agents}
              errors={errors.fields}
              onChange={(change) => setParts(changedPart(parts, part.key, change))}
              onRemove={parts.length > 1 ? () => setParts(withoutPart(parts, part.key)) : undefined}
            />
          ))}
          <Button
            className="self-start"
            disabled={parts.length >= MOST_PARTS}
            onClick={() => setParts(withNewPart(parts))}
          >
            <Plus aria-hidden size={14} /> {text.addPart}
          </Button>
        </div>
        <div className="flex shrink-0 flex-wrap items-center justify-end gap-2 border-t px-5 py-3">
          <div role="alert" className="min-w-0 flex-1 break-words text-bad">
            {errors.form}
            {errors.form === null && Object.keys(errors.fields).length > 0 && text.notSaved}
            {errors.form === null && movedOn && <span className="text-warn">{text.movedOn}</span>}
          </div>
          {kept && (
            <Button kind="quiet" onClick={reset}>
              {text.discard}
            </Button>
          )}
          <Button onClick={onClose}>{text.close}</Button>
          <Button type="submit" kind="primary" disabled={sending}>
            {text.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function useDraft(plan: Plan, onSaved: () => void) {
  const host = useHost()
  const name = `draft.plan.${plan.id}`
  const [first] = useState(() => JSON.stringify(plan.parts))
  const [draft, setDraft] = useState(() => draftFrom(remembered(name)))
  const [errors, setErrors] = useState(NO_ERRORS)
  const [sending, setSending] = useState(false)
  const parts = draft ?? draftOf(plan.parts)
  const setParts = (next: readonly PartDraft[]) => {
    setDraft(next)
    remember(name, JSON.stringify(next))
  }
  const reset = () => {
    setDraft(null)
    setErrors(NO_ERRORS)
    remember(name, null)
  }
  const save = () => {
    if (sending) return
    setSending(true)
    setErrors(NO_ERRORS)
    host
      .call('plan.update', { planId: plan.id, parts: paramsOf(parts) })
      .then(
        ({ plan: changed }) => {
          remember(name, null)
          usePlans.setState((state) => withPlan(state, changed))
          onSaved()
        },
        (error: unknown) => setErrors(planErrors(error, parts)),
      )
      .finally(() => setSending(false))
  }
  const movedOn = draft !== null && JSON.stringify(plan.parts) !== first
  return { parts, setParts, reset, kept: draft !== null, save, sending, errors, movedOn }
}
