import { type FormEvent, type ReactNode, useState } from 'react'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { type FieldErrors, fieldErrors } from '../settings/field-errors.js'

interface FormDialogProps<F extends string> {
  readonly title: string
  readonly description?: string
  readonly submit: string
  readonly wide?: boolean
  /** What the host calls the fields, for its complaints. */
  readonly fields: readonly F[]
  readonly send: (data: FormData) => Promise<unknown>
  readonly onClose: () => void
  readonly children: (errors: FieldErrors<F>) => ReactNode
}

/** Asks for what a method of the host takes. It closes when the host has accepted it; else nothing is lost. */
export function FormDialog<F extends string>(props: FormDialogProps<F>) {
  const { title, description, submit, wide, fields, send, onClose, children } = props
  const [errors, setErrors] = useState<FieldErrors<F>>({})
  const [sending, setSending] = useState(false)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (sending) return
    setSending(true)
    setErrors({})
    send(new FormData(event.currentTarget))
      .then(onClose, (error: unknown) => setErrors(fieldErrors(error, fields)))
      .finally(() => setSending(false))
  }
  return (
    <Dialog
      title={title}
      wide={wide ?? false}
      holdsText
      onClose={onClose}
      {...(description === undefined ? {} : { description })}
    >
      <form noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-4">
          {children(errors)}
          {errors.form && (
            <p role="alert" className="break-words text-bad">
              {errors.form}
            </p>
          )}
        </div>
        <div className="flex shrink-0 justify-end gap-2 border-t px-5 py-3">
          <Button onClick={onClose}>{useText().ui.cancel}</Button>
          <Button type="submit" kind="primary" disabled={sending}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** The text of a field without what stands around it. */
export function textIn(data: FormData, name: string): string {
  return String(data.get(name) ?? '').trim()
}

/** Texts that commas or line breaks part. */
export function listIn(data: FormData, name: string): string[] {
  return textIn(data, name)
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
