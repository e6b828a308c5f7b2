import { type FormEvent, useRef, useState } from 'react'
import {
  ApiKey,
  BaseUrl,
  type ModelProvider,
  type ModelSettings,
} from '../../../../shared/model/settings.js'
import { useHost } from '../../app/host.js'
import type { Text } from '../../text/text.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { Choice } from '../../ui/choice.js'
import { failed } from '../../ui/failure.js'
import { Field } from '../../ui/field.js'
import { type FieldErrors, fieldErrors } from './field-errors.js'
import { changesOf, MODEL_FIELDS, type ModelDraft, type ModelField } from './model-draft.js'
import { ModelTest } from './model-test.js'

interface ModelFormProps {
  readonly model: ModelSettings
  readonly submit: string
  readonly onSaved: () => void
}

/**
 * Unlike other settings these are saved together: a key without its address would break the chat. What is typed can be tried
 * before.
 */
export function ModelForm({ model, submit, onSaved }: ModelFormProps) {
  const host = useHost()
  const text = useText().settings.model
  const [chosen, setChosen] = useState<ModelProvider | null>(null)
  const [draft, setDraft] = useState<ModelDraft>({})
  const [refused, setRefused] = useState<FieldErrors<ModelField>>({})
  const [saving, setSaving] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const provider = chosen ?? model.provider
  const change = changesOf(draft, provider)
  const errors = { ...refused, ...wrongIn(draft, text) }

  const save = (event: FormEvent) => {
    event.preventDefault()
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true]')
    if (wrong && Object.keys(wrongIn(draft, text)).length > 0) return wrong.focus()
    setSaving(true)
    setRefused({})
    host
      .call('settings.set', change)
      .then(() => {
        setChosen(null)
        // The key goes in and does not stay.
        setDraft({})
        onSaved()
      })
      .catch((error: unknown) => setRefused(fieldErrors(error, MODEL_FIELDS)))
      .finally(() => setSaving(false))
  }

  return (
    <form ref={form} onSubmit={save} noValidate className="flex flex-col gap-4">
      <Choice
        label={text.name}
        value={provider}
        options={[
          { value: 'offline', label: text.offline, hint: text.offlineHint },
          { value: 'anthropic', label: text.anthropic, hint: text.anthropicHint },
        ]}
        onChange={setChosen}
      />
      {provider === 'anthropic' && (
        <ModelFields
          model={model}
          draft={draft}
          errors={errors}
          onChange={(field, value) => {
            setDraft({ ...draft, [field]: value })
            setRefused({ ...refused, [field]: undefined })
          }}
        />
      )}
      {errors.form && (
        <p role="alert" className="text-bad">
          {errors.form}
        </p>
      )}
      <div className="flex items-start justify-end gap-2">
        <ModelTest key={JSON.stringify(change)} change={change} />
        <Button type="submit" kind="primary" disabled={saving}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

/** What can be seen to be wrong while it is typed. */
function wrongIn(draft: ModelDraft, text: Text['settings']['model']): FieldErrors<ModelField> {
  const key = draft.apiKey?.trim() ?? ''
  const url = draft.baseUrl?.trim() ?? ''
  const isKey = ApiKey.safeParse(key).success && /^[\x21-\x7e]+$/.test(key)
  return {
    ...(key !== '' && !isKey ? { apiKey: text.keyWrong } : {}),
    ...(url !== '' && !BaseUrl.safeParse(url).success ? { baseUrl: text.baseUrlWrong } : {}),
  }
}

interface ModelFieldsProps {
  readonly model: ModelSettings
  readonly draft: ModelDraft
  readonly errors: FieldErrors<ModelField>
  readonly onChange: (field: ModelField, value: string) => void
}

function ModelFields({ model, draft, errors, onChange }: ModelFieldsProps) {
  const text = useText().settings.model
  const given = (name: ModelField) => model.fromEnvironment.includes(name)
  const name = model.provider === 'anthropic' ? model.model : ''
  return (
    <>
      <Field
        name="apiKey"
        type="password"
        label={text.key}
        placeholder={model.hasKey ? text.keyKept : 'sk-ant-…'}
        hint={keyHint(model, text)}
        value={draft.apiKey ?? ''}
        onChange={(event) => onChange('apiKey', event.currentTarget.value)}
        error={errors.apiKey}
        after={model.keySource === 'stored' && <ForgetKey />}
      />
      <Field
        name="model"
        label={text.name}
        value={draft.model ?? name}
        onChange={(event) => onChange('model', event.currentTarget.value)}
        placeholder={text.nameDefault}
        hint={given('model') ? text.nameFromEnvironment : text.nameHint}
        error={errors.model}
      />
      <Field
        name="baseUrl"
        type="text"
        inputMode="url"
        label={text.baseUrl}
        value={draft.baseUrl ?? model.baseUrl ?? ''}
        onChange={(event) => onChange('baseUrl', event.currentTarget.value)}
        placeholder="https://api.anthropic.com"
        hint={given('baseUrl') ? text.baseUrlFromEnvironment : text.baseUrlHint}
        error={errors.baseUrl}
      />
    </>
  )
}

function ForgetKey() {
  const host = useHost()
  const text = useText().settings
  return (
    <Button
      onClick={() => {
        host.call('settings.set', { apiKey: null }).catch(failed(text.notSaved))
      }}
    >
      {text.model.forget}
    </Button>
  )
}

function keyHint(model: ModelSettings, text: Text['settings']['model']): string {
  if (model.keySource === 'environment') return text.keyFromEnvironment
  return model.keySource === 'stored' ? text.keyStored : text.keyHint
}
