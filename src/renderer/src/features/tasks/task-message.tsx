import { useRef, useState } from 'react'
import { toast } from 'sonner'
import type { TaskId } from '../../../../shared/model/ids.js'
import { useHost } from '../../app/host.js'
import { Button } from '../../ui/button.js'
import { failed } from '../../ui/failure.js'
import { INPUT } from '../../ui/field.js'

/** Speaks to a running agent; what is said reaches it before its next step. */
export function TaskMessage({ taskId }: { readonly taskId: TaskId }) {
  const host = useHost()
  const field = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState(false)
  const send = () => {
    const text = field.current?.value.trim() ?? ''
    if (text === '' || sending) return
    setSending(true)
    host
      .call('task.message', { taskId, text })
      .then(({ delivered }) => {
        if (!delivered) {
          toast.error('Not delivered', {
            description: 'The task has just ended. Your text is kept.',
          })
          return
        }
        toast('The agent reads this before its next step')
        if (field.current) field.current.value = ''
      })
      .catch(failed('The message was not delivered'))
      .finally(() => setSending(false))
  }
  return (
    <form
      className="flex shrink-0 gap-2 border-t p-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <input
        ref={field}
        className={INPUT}
        aria-label="Message to the running agent"
        placeholder="Tell the agent something"
        autoComplete="off"
      />
      <Button type="submit" disabled={sending}>
        Tell
      </Button>
    </form>
  )
}
