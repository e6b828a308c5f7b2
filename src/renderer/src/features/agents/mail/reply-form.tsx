import { type FormEvent, useRef, useState } from 'react'
import { USER } from '../../../../../shared/model/agent.js'
import { useHost } from '../../../app/host.js'
import { Button } from '../../../ui/button.js'
import { cx } from '../../../ui/class-names.js'
import { INPUT } from '../../../ui/field.js'
import { fieldErrors } from '../../settings/field-errors.js'
import type { answerable } from './mail-text.js'

interface ReplyFormProps {
  readonly sessionId: string
  readonly answer: NonNullable<ReturnType<typeof answerable>>
}

/** Goes on with a thread of the person. */
export function ReplyForm({ sessionId, answer }: ReplyFormProps) {
  const host = useHost()
  const field = useRef<HTMLTextAreaElement>(null)
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const { kind, mail } = answer
  const other = kind === 'reply' ? mail.from : mail.to
  const deliver = (body: string): Promise<unknown> => {
    const { mailId, subject, to } = mail
    if (kind === 'reply') return host.call('mail.reply', { mailId, body })
    return host.call('mail.send', { sessionId, from: USER, to, subject, body, replyTo: mailId })
  }
  const send = () => {
    const body = field.current?.value.trim() ?? ''
    if (body === '' || sending) return
    setSending(true)
    setError(null)
    deliver(body)
      .then(
        () => {
          if (field.current) field.current.value = ''
        },
        (reason: unknown) => {
          const errors = fieldErrors(reason, ['body'])
          setError(errors.body ?? errors.form ?? null)
        },
      )
      .finally(() => setSending(false))
  }
  return (
    <form
      className="shrink-0 border-t p-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        send()
      }}
    >
      {error && (
        <p role="alert" className="mb-2 break-words text-bad">
          {error}
        </p>
      )}
      <div className="flex items-end gap-2">
        <textarea
          ref={field}
          rows={2}
          aria-label={kind === 'reply' ? `Reply to ${other}` : `More for ${other}`}
          placeholder={kind === 'reply' ? `Reply to ${other}` : `Write again to ${other}`}
          className={cx(INPUT, 'h-auto resize-y py-1.5')}
        />
        <Button type="submit" disabled={sending}>
          {kind === 'reply' ? 'Reply' : 'Send'}
        </Button>
      </div>
    </form>
  )
}
