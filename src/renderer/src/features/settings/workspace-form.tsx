import { type FormEvent, useState } from 'react'
import { useHost } from '../../app/host.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { Field } from '../../ui/field.js'
import { fieldErrors } from './field-errors.js'
import { FolderBrowser } from './folder-browser.js'

interface WorkspaceFormProps {
  readonly workspace: string
  readonly submit: string
  readonly onSaved: () => void
}

export function WorkspaceForm({ workspace, submit, onSaved }: WorkspaceFormProps) {
  const host = useHost()
  const text = useText().settings.workspaces
  const [chosen, setChosen] = useState<string | null>(null)
  const [browsing, setBrowsing] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const path = chosen ?? workspace

  const save = (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    setError(null)
    host
      .call('settings.set', { workspace: path.trim() })
      .then(() => {
        setChosen(null)
        onSaved()
      })
      .catch((reason: unknown) => {
        const errors = fieldErrors(reason, ['workspace'])
        setError(errors.workspace ?? errors.form ?? null)
      })
      .finally(() => setSaving(false))
  }

  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <Field
        label={text.label}
        value={path}
        onChange={(event) => setChosen(event.currentTarget.value)}
        hint={text.hint}
        error={error}
        after={
          <Button aria-expanded={browsing} onClick={() => setBrowsing(!browsing)}>
            {text.browse}
          </Button>
        }
      />
      {browsing && <FolderBrowser start={path} onPick={setChosen} />}
      <div className="flex justify-end">
        <Button type="submit" kind="primary" disabled={saving || path.trim() === ''}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
