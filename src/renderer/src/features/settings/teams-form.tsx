import { type FormEvent, useState } from 'react'
import { useHost } from '../../app/host.js'
import type { Settings } from '../../stores/settings.js'
import { Button } from '../../ui/button.js'
import { Choice } from '../../ui/choice.js'
import { Field } from '../../ui/field.js'
import { type FieldErrors, fieldErrors } from './field-errors.js'

const APPROVAL = [
  { value: 'auto', label: 'In chats', hint: 'Plans of a chat wait for you, others run at once' },
  { value: 'ask', label: 'Always', hint: 'No plan runs before you have approved it' },
  { value: 'run', label: 'Never', hint: 'Every plan runs as soon as it is made' },
] as const

const NAMES = ['planApproval', 'isolateInGit', 'copyWithoutGit', 'questionExpiryHours'] as const
type Name = (typeof NAMES)[number]

interface TeamsFormProps {
  readonly settings: Settings
  readonly onSaved: () => void
}

/** How agents work together and where, and how long their questions wait. */
export function TeamsForm({ settings, onSaved }: TeamsFormProps) {
  const host = useHost()
  const [planApproval, setPlanApproval] = useState(settings.planApproval)
  const [errors, setErrors] = useState<FieldErrors<Name>>({})
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const hours = String(data.get('questionExpiryHours') ?? '').trim()
    setErrors({})
    host
      .call('settings.set', {
        planApproval,
        isolateInGit: data.has('isolateInGit'),
        copyWithoutGit: data.has('copyWithoutGit'),
        questionExpiryHours: hours === '' ? null : Number(hours),
      })
      .then(onSaved)
      .catch((error: unknown) => setErrors(fieldErrors(error, NAMES)))
  }
  return (
    <form onSubmit={save} noValidate className="flex flex-col gap-5">
      <div>
        <h3 className="mb-2 font-medium">Show plans before they run</h3>
        <Choice
          label="Show plans before they run"
          value={planApproval}
          options={APPROVAL}
          onChange={setPlanApproval}
        />
        {errors.planApproval && <p className="mt-1 text-bad text-xs">{errors.planApproval}</p>}
      </div>
      <div>
        <h3 className="mb-2 font-medium">Where agents work</h3>
        <CheckBox
          name="isolateInGit"
          checked={settings.isolateInGit}
          label="In a worktree of their own, where there is a git repository"
        />
        <CheckBox
          name="copyWithoutGit"
          checked={settings.copyWithoutGit}
          label="Without git in a copy of the folder rather than in place"
        />
      </div>
      <Field
        name="questionExpiryHours"
        type="number"
        min={0}
        step="any"
        label="Questions expire after (hours)"
        placeholder="Never"
        hint="Left empty, they wait as long as it takes"
        defaultValue={settings.questionExpiryHours ?? ''}
        error={errors.questionExpiryHours}
      />
      {errors.form && (
        <p role="alert" className="break-words text-bad">
          {errors.form}
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" kind="primary">
          Save teams
        </Button>
      </div>
    </form>
  )
}

interface CheckBoxProps {
  readonly name: string
  readonly checked: boolean
  readonly label: string
}

function CheckBox({ name, checked, label }: CheckBoxProps) {
  return (
    <label className="flex min-h-6 items-center gap-2">
      <input type="checkbox" name={name} defaultChecked={checked} className="accent-accent" />
      {label}
    </label>
  )
}
