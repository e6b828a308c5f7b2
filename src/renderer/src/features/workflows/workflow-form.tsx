import { type FormEvent, useRef, useState } from 'react'
import type { Workflow } from '../../../../shared/model/workflow.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { showTask, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { AreaField } from '../../ui/field.js'
import {
  filledIn,
  inputErrors,
  inputsOf,
  keepInputs,
  keptInputs,
  NO_ERRORS,
} from './workflow-draft.js'

interface WorkflowFormProps {
  readonly workflow: Workflow
  readonly workspace?: string
  readonly onBack: () => void
  readonly onClose: () => void
}

/** The gaps of a workflow. What is filled in is kept until it has started. */
export function WorkflowForm({ workflow, workspace, onBack, onClose }: WorkflowFormProps) {
  const text = useText().workflows
  const { inputs, fill, errors, sending, start } = useStart(workflow, workspace, onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start()
  }
  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-4">
        <p className="break-words text-muted">{workflow.description}</p>
        {workflow.inputs.map(({ name, description, required }) => (
          <AreaField
            key={name}
            rows={2}
            label={required ? text.required(name) : name}
            hint={description}
            aria-required={required}
            value={inputs[name] ?? ''}
            error={errors.inputs[name]}
            onChange={(event) => fill(name, event.currentTarget.value)}
          />
        ))}
        <details className="text-xs">
          <summary className="w-fit rounded text-muted hover:text-text">{text.whatItDoes}</summary>
          <ol className="mt-1.5 flex list-decimal flex-col gap-0.5 pl-5">
            {workflow.parts.map(({ key, title, agent }) => (
              <li key={key}>
                {title}
                {agent && <span className="text-muted">{` · ${agent}`}</span>}
              </li>
            ))}
          </ol>
        </details>
        {errors.form !== null && (
          <p role="alert" className="break-words text-bad">
            {text.notStarted(errors.form)}
          </p>
        )}
      </div>
      <div className="flex shrink-0 justify-end gap-2 border-t px-5 py-3">
        <Button className="mr-auto" onClick={onBack}>
          {text.all}
        </Button>
        <Button onClick={onClose}>{text.cancel}</Button>
        <Button type="submit" kind="primary" disabled={sending}>
          {text.start}
        </Button>
      </div>
    </form>
  )
}

function useStart(workflow: Workflow, workspace: string | undefined, onStarted: () => void) {
  const host = useHost()
  const conversationId = useView((view) => view.conversationId)
  const [inputs, setInputs] = useState(() => inputsOf(workflow, keptInputs(workflow.name)))
  const [errors, setErrors] = useState(NO_ERRORS)
  const [sending, setSending] = useState(false)
  // The same attempt, sent again after a lost connection, starts nothing twice.
  const attempt = useRef(crypto.randomUUID())
  const fill = (name: string, text: string) => {
    const next = { ...inputs, [name]: text }
    attempt.current = crypto.randomUUID()
    setInputs(next)
    keepInputs(workflow.name, next)
  }
  const start = () => {
    if (sending) return
    setSending(true)
    setErrors(NO_ERRORS)
    host
      .call('workflow.start', {
        name: workflow.name,
        inputs: filledIn(inputs),
        idempotencyKey: attempt.current,
        ...(conversationId === null ? {} : { conversationId }),
        ...(workspace === undefined ? {} : { workspace }),
      })
      .then(
        ({ taskId }) => {
          keepInputs(workflow.name, null)
          onStarted()
          showTask(taskId)
        },
        (error: unknown) => {
          const names = workflow.inputs.map(({ name }) => name)
          setErrors(inputErrors(messageOf(error), names))
        },
      )
      .finally(() => setSending(false))
  }
  return { inputs, fill, errors, sending, start }
}
