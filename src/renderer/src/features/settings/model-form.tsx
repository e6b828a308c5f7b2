import { type FormEvent, useState } from 'react'
import type { ModelSettings } from '../../../../shared/model/settings.js'
import type { ParamsOf } from '../../../../shared/rpc/contract.js'
import { useHost } from '../../app/host.js'
import { Button } from '../../ui/button.js'
import { Choice } from '../../ui/choice.js'
import { Field } from '../../ui/field.js'
import { type FieldErrors, fieldErrors } from './field-errors.js'

const FIELDS = ['apiKey', 'baseUrl', 'model'] as const
type Name = (typeof FIELDS)[number]

const PROVIDERS = [
  {
    value: 'offline',
    label: 'Offline',
    hint: 'Built in. Runs, builds, tests, searches and reports. Needs nothing.',
  },
  {
    value: 'anthropic',
    label: 'Anthropic or compatible',
    hint: 'Claude with a key, or a local server that speaks the same protocol.',
  },
] as const

interface ModelFormProps {
  readonly model: ModelSettings
  readonly submit: string
  readonly onSaved: () => void
}

export function ModelForm({ model, submit, onSaved }: ModelFormProps) {
  const host = useHost()
  const [chosen, setChosen] = useState<ModelSettings['provider'] | null>(null)
  const [errors, setErrors] = useState<FieldErrors<Name>>({})
  const [saving, setSaving] = useState(false)
  const provider = chosen ?? model.provider

  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    setSaving(true)
    setErrors({})
    host
      .call('settings.set', changesOf(new FormData(form), provider))
      .then(() => {
        setChosen(null)
        forgetKey(form)
        onSaved()
      })
      .catch((error: unknown) => setErrors(fieldErrors(error, FIELDS)))
      .finally(() => setSaving(false))
  }

  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <Choice label="Model" value={provider} options={PROVIDERS} onChange={setChosen} />
      {provider === 'anthropic' && <ModelFields model={model} errors={errors} />}
      {errors.form && (
        <p role="alert" className="text-bad">
          {errors.form}
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" kind="primary" disabled={saving}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

/** The key goes in and does not stay; a reset of the whole form would also undo the choice. */
function forgetKey(form: HTMLFormElement): void {
  const field = form.elements.namedItem('apiKey')
  if (field instanceof HTMLInputElement) field.value = ''
}

interface ModelFieldsProps {
  readonly model: ModelSettings
  readonly errors: FieldErrors<Name>
}

function ModelFields({ model, errors }: ModelFieldsProps) {
  return (
    <>
      <Field
        name="apiKey"
        type="password"
        label="API key"
        placeholder={model.hasKey ? 'Kept; type to replace it' : 'sk-ant-…'}
        hint={keyHint(model)}
        error={errors.apiKey}
        after={model.keySource === 'stored' && <ForgetKey />}
      />
      <Field
        name="model"
        label="Model"
        defaultValue={model.provider === 'anthropic' ? model.model : ''}
        placeholder="The default of this program"
        hint="The name as the provider writes it"
        error={errors.model}
      />
      <Field
        name="baseUrl"
        type="text"
        inputMode="url"
        label="Base URL"
        defaultValue={model.baseUrl ?? ''}
        placeholder="https://api.anthropic.com"
        hint="Only for a local server or a gateway, for example http://localhost:11434"
        error={errors.baseUrl}
      />
    </>
  )
}

function ForgetKey() {
  const host = useHost()
  const [error, setError] = useState<string | null>(null)
  return (
    <Button
      title={error ?? undefined}
      onClick={() => {
        host
          .call('settings.set', { apiKey: null })
          .catch((reason: unknown) => setError(String(reason)))
      }}
    >
      Forget
    </Button>
  )
}

function keyHint(model: ModelSettings): string {
  if (model.keySource === 'environment')
    return 'Taken from ANTHROPIC_API_KEY. A key here replaces it.'
  if (model.keySource === 'stored') return 'A key is kept on this machine and never shown again.'
  return 'Kept on this machine and never shown again. A local server may not need one.'
}

function changesOf(data: FormData, provider: ModelSettings['provider']): ParamsOf<'settings.set'> {
  if (provider === 'offline') return { provider }
  const text = (name: Name) => String(data.get(name) ?? '').trim()
  return {
    provider,
    baseUrl: text('baseUrl') || null,
    ...(text('apiKey') ? { apiKey: text('apiKey') } : {}),
    ...(text('model') ? { model: text('model') } : {}),
  }
}
