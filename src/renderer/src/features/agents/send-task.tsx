import { type FormEvent, useRef, useState } from 'react'
import { useHost } from '../../app/host.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { INPUT } from '../../ui/field.js'
import { fieldErrors } from '../settings/field-errors.js'
import type { AgentProps } from './agent-detail.js'
import { permitted } from './permitted.js'

/** Gives an agent a task; it is put at the end of its queue. */
export function SendTask({ sessionId, agentId, agent }: AgentProps) {
  const host = useHost()
  const field = useRef<HTMLTextAreaElement>(null)
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const takesTasks = permitted(agent).has('sendTask')
  const send = () => {
    const prompt = field.current?.value.trim() ?? ''
    if (prompt === '' || sending || !takesTasks) return
    setSending(true)
    setError(null)
    host
      .call('async.sendTask', { sessionId, agentId, prompt })
      .then(
        () => {
          if (field.current) field.current.value = ''
        },
        (reason: unknown) => {
          const errors = fieldErrors(reason, ['prompt'])
          setError(errors.prompt ?? errors.form ?? null)
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
          aria-label={`Task for ${agentId}`}
          placeholder={takesTasks ? 'A task for it' : 'Start it before you send it a task'}
          className={cx(INPUT, 'h-auto resize-none py-1.5')}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            send()
          }}
        />
        <Button type="submit" disabled={sending || !takesTasks}>
          Send task
        </Button>
      </div>
    </form>
  )
}
