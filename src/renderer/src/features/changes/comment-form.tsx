import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { remember, remembered } from '../../stores/storage.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { INPUT } from '../../ui/field.js'
import { fieldErrors } from '../settings/field-errors.js'

interface CommentFormProps {
  readonly label: string
  /** Under which what was typed is kept until it was accepted. */
  readonly draft: string
  readonly text?: string
  readonly save: (text: string) => Promise<void>
  readonly onClose: () => void
}

/** What is said to a line. It closes when the host has accepted the text; else nothing is lost. */
export function CommentForm({ label, draft, text = '', save, onClose }: CommentFormProps) {
  const words = useText().changes.comment
  const area = useRef<HTMLTextAreaElement>(null)
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => area.current?.focus({ preventScroll: true }), [])
  const submit = () => {
    const written = area.current?.value.trim() ?? ''
    if (written === '' || sending) return
    setSending(true)
    setError(null)
    save(written).then(
      () => {
        remember(draft, null)
        onClose()
      },
      (reason: unknown) => {
        const errors = fieldErrors(reason, ['text'])
        setError(errors.text ?? errors.form ?? null)
        setSending(false)
      },
    )
  }
  const drop = () => {
    remember(draft, null)
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isEmpty = event.currentTarget.value.trim() === ''
    if (event.key === 'Escape' && isEmpty) drop()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
  }
  return (
    <form
      className="border-y bg-surface px-3 py-2 font-sans"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <textarea
        ref={area}
        rows={3}
        aria-label={label}
        placeholder={words.placeholder}
        defaultValue={remembered(draft) ?? text}
        className={cx(INPUT, 'h-auto resize-y py-1.5')}
        onChange={(event) => remember(draft, event.currentTarget.value || null)}
        onKeyDown={onKeyDown}
      />
      {error && (
        <p role="alert" className="mt-1 break-words text-bad">
          {error}
        </p>
      )}
      <div className="mt-1.5 flex justify-end gap-2">
        <Button small kind="quiet" onClick={drop}>
          {words.drop}
        </Button>
        <Button small type="submit" disabled={sending}>
          {text === '' ? words.save : words.change}
        </Button>
      </div>
    </form>
  )
}
