import { type FormEvent, useState } from 'react'
import type { ResourceLimits } from '../../../../shared/model/queue.js'
import { useHost } from '../../app/host.js'
import { useQueue } from '../../stores/queue.js'
import { Button } from '../../ui/button.js'
import { Field } from '../../ui/field.js'
import { type FieldErrors, fieldErrors } from './field-errors.js'

type Name = keyof ResourceLimits

const LIMITS: ReadonlyArray<{
  readonly name: Name
  readonly label: string
  readonly hint: string
}> = [
  { name: 'maxConcurrentTasks', label: 'Tasks at once', hint: 'All types together' },
  { name: 'maxConcurrentAgents', label: 'Agents at once', hint: 'Running agent turns' },
  { name: 'maxConcurrentBuilds', label: 'Builds at once', hint: 'Within the tasks' },
  { name: 'maxConcurrentE2E', label: 'E2E tests at once', hint: 'Within the tasks' },
  { name: 'cpuThreshold', label: 'CPU threshold (%)', hint: 'New tasks wait above it; 100 is off' },
  {
    name: 'memoryThreshold',
    label: 'Memory threshold (%)',
    hint: 'New tasks wait above it; 100 is off',
  },
]

const NAMES = LIMITS.map((limit) => limit.name)

export function LimitsForm({ onSaved }: { readonly onSaved: () => void }) {
  const host = useHost()
  const limits = useQueue((state) => state.queue?.limits)
  const [errors, setErrors] = useState<FieldErrors<Name>>({})
  if (limits === undefined) return null

  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const changes = Object.fromEntries(NAMES.map((name) => [name, Number(data.get(name))]))
    setErrors({})
    host
      .call('queue.limits.set', changes)
      .then((next) => {
        useQueue.setState((state) => ({
          queue: state.queue && { ...state.queue, limits: next },
        }))
        onSaved()
      })
      .catch((error: unknown) => setErrors(fieldErrors(error, NAMES)))
  }

  return (
    <form onSubmit={save} noValidate className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-4">
        {LIMITS.map(({ name, label, hint }) => (
          <Field
            key={name}
            name={name}
            type="number"
            label={label}
            hint={hint}
            defaultValue={limits[name]}
            error={errors[name]}
          />
        ))}
      </div>
      {errors.form && (
        <p role="alert" className="text-bad">
          {errors.form}
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" kind="primary">
          Save limits
        </Button>
      </div>
    </form>
  )
}
