import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { remember, remembered } from '../../stores/storage.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { INPUT } from '../../ui/field.js'
import { fieldErrors } from '../settings/field-errors.js'

interface TextFormProps {
  readonly label: string
  readonly placeholder: string
  readonly submit: string
  /** What the host calls the text, for its complaints. */
  readonly field: string
  /** Under which what was typed is kept until it was accepted. */
  readonly draft: string
  readonly off?: boolean
  /** Where Shift+Enter begins a new line, as in the chat. */
  readonly entersSend?: boolean
  readonly send: (text: string) => Promise<unknown>
}

/** One text for the host, below what it is about. It leaves the field when the host has accepted it. */
export function TextForm(props: TextFormProps) {
  const { label, placeholder, submit, field, draft, off = false, entersSend, send } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submitText = () => {
    const text = area.current?.value.trim() ?? ''
    if (text === '' || sending || off) return
    setSending(true)
    setError(null)
    send(text)
      .then(
        () => {
          remember(draft, null)
          if (area.current) area.current.value = ''
        },
        (reason: unknown) => {
          const errors = fieldErrors(reason, [field])
          setError(errors[field] ?? errors.form ?? null)
        },
      )
      .finally(() => setSending(false))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!entersSend || event.key !== 'Enter' || event.shiftKey) return
    if (event.nativeEvent.isComposing) return
    event.preventDefault()
    submitText()
  }
  return (
    <form
      className="shrink-0 border-t p-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        submitText()
      }}
    >
      {error && (
        <p role="alert" className="mb-2 break-words text-bad">
          {error}
        </p>
      )}
      <div className="flex items-end gap-2">
        <textarea
          ref={area}
          rows={2}
          aria-label={label}
          placeholder={placeholder}
          defaultValue={remembered(draft) ?? ''}
          className={cx(INPUT, 'h-auto resize-none py-1.5')}
          onChange={(event) => remember(draft, event.currentTarget.value || null)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" disabled={sending || off}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
