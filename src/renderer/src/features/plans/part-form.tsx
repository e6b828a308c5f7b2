import { Trash2 } from 'lucide-react'
import { useText } from '../../text/text.js'
import { AreaField, Field, SelectField } from '../../ui/field.js'
import { IconButton } from '../../ui/icon-button.js'
import { checkText } from '../evidence/check-states.js'
import { mayDependOn, type PartDraft } from './plan-draft.js'

interface PartFormProps {
  readonly part: PartDraft
  /** From 1. */
  readonly number: number
  readonly parts: readonly PartDraft[]
  /** Names of those that there are. */
  readonly agents: readonly string[]
  /** By `KEY.FIELD`. */
  readonly errors: Readonly<Record<string, string>>
  readonly onChange: (change: Partial<PartDraft>) => void
  /** Absent for the last part that is left. */
  readonly onRemove: (() => void) | undefined
}

export function PartForm(props: PartFormProps) {
  const { plans: text, ui } = useText()
  const { part, number, parts, agents, errors, onChange, onRemove } = props
  const names = agents.includes(part.agent) || part.agent === '' ? agents : [part.agent, ...agents]
  return (
    <fieldset className="flex flex-col gap-3 rounded-[10px] border px-4 pt-2 pb-4">
      <legend className="sr-only">{text.partTitle(number, part.title)}</legend>
      <div className="flex items-center">
        <p aria-hidden className="flex-1 font-medium text-muted text-xs">
          {text.part(number)}
        </p>
        {onRemove && (
          <IconButton small icon={Trash2} label={text.removePart(number)} onClick={onRemove} />
        )}
      </div>
      <div className="grid gap-3 sm:grid-cols-[1fr_12rem]">
        <Field
          label={text.title}
          value={part.title}
          error={errors[`${part.key}.title`]}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
        <SelectField
          label={text.agent}
          value={part.agent}
          options={[
            { value: '', label: text.chosenByTask },
            ...names.map((name) => ({ value: name, label: name })),
          ]}
          error={errors[`${part.key}.agent`]}
          onChange={(event) => onChange({ agent: event.currentTarget.value })}
        />
      </div>
      <AreaField
        label={text.whatToDo}
        rows={3}
        value={part.description}
        error={errors[`${part.key}.description`]}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <DependsOn
        part={part}
        parts={parts}
        error={errors[`${part.key}.dependsOn`]}
        onChange={onChange}
      />
      {part.checks.length > 0 && (
        <p className="break-words text-muted text-xs">
          {text.checks(ui.listed(part.checks.map(checkText)))}
        </p>
      )}
    </fieldset>
  )
}

interface DependsOnProps extends Pick<PartFormProps, 'part' | 'parts' | 'onChange'> {
  readonly error: string | undefined
}

function DependsOn({ part, parts, error, onChange }: DependsOnProps) {
  const text = useText().plans
  const offered = mayDependOn(parts, part.key)
  if (offered.length === 0 && error === undefined) return null
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="font-medium">{text.beginsAfter}</legend>
      <div className="mt-1 flex flex-col gap-1">
        {offered.map(({ key, title }) => (
          <label key={key} className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="accent-accent"
              checked={part.dependsOn.includes(key)}
              onChange={({ currentTarget: { checked } }) => {
                const others = part.dependsOn.filter((other) => other !== key)
                onChange({ dependsOn: checked ? [...others, key] : others })
              }}
            />
            <span className="min-w-0 break-words">
              {title || text.part(parts.findIndex((other) => other.key === key) + 1)}
            </span>
          </label>
        ))}
      </div>
      {error && <p className="break-words text-bad text-xs">{error}</p>}
    </fieldset>
  )
}
