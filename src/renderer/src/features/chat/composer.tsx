import { CornerDownLeft, Workflow } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import { openDialog } from '../../stores/view.js'
import { Button } from '../../ui/button.js'
import { IconButton } from '../../ui/icon-button.js'
import { DraftField } from './draft-field.js'
import { sendMessage } from './send-message.js'

/**
 * Where a person writes. The field belongs to the browser: nothing is rendered while typing, and
 * what is typed stays in it until the host has accepted it.
 */
export function Composer({ conversationId }: { readonly conversationId: ConversationId | null }) {
  const host = useHost()
  const [field, draft] = useDraftField(conversationId)
  const sending = useRef(false)
  const [error, setError] = useState<string | null>(null)
  const ready = useConnection((state) => state.phase.name === 'ready')

  const send = () => {
    const current = draft.current
    const text = current?.text ?? ''
    if (current === null || text.trim() === '' || sending.current) return
    sending.current = true
    current.save()
    sendMessage(host, current.owner, text, (id) => current.became(id))
      .then((id) => {
        current.accepted(id, text)
        setError(null)
      })
      .catch((reason: unknown) => setError(messageOf(reason)))
      .finally(() => {
        sending.current = false
      })
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      className="rounded-[10px] border border-border-strong/60 bg-surface focus-within:border-accent-text"
    >
      <textarea
        ref={field}
        id="composer"
        aria-label="Message"
        aria-describedby="composer-note"
        placeholder="Ask, or hand over work"
        rows={2}
        onInput={() => draft.current?.typed()}
        onKeyDown={(event) => sendOnEnter(event, send)}
        className="field-sizing-content block max-h-64 min-h-14 w-full resize-none bg-transparent px-3.5 pt-2.5 text-base leading-relaxed outline-none"
      />
      <div className="flex h-10 items-center gap-2 pr-1.5 pl-3.5">
        <p id="composer-note" className="min-w-0 flex-1 truncate text-faint text-xs">
          {error !== null && (
            <span role="alert" className="text-bad">
              Not sent: {error}. Your text is kept.
            </span>
          )}
          {error === null && !ready && 'No connection. What you type is kept.'}
          {error === null && ready && 'Enter sends, Shift+Enter begins a new line'}
        </p>
        <IconButton
          icon={Workflow}
          label="Start a workflow"
          disabled={!ready}
          onClick={() => openDialog('workflow')}
        />
        <Button kind="primary" small className="h-7" type="submit" disabled={!ready}>
          Send <CornerDownLeft aria-hidden size={13} />
        </Button>
      </div>
    </form>
  )
}

function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>, send: () => void): void {
  // While an input method composes a character, Enter belongs to it.
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
  event.preventDefault()
  send()
}

function useDraftField(conversationId: ConversationId | null) {
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useRef<DraftField>(null)
  useEffect(() => {
    if (field.current === null) return
    draft.current ??= new DraftField(field.current, conversationId)
    draft.current.turnTo(conversationId)
    field.current.focus()
  }, [conversationId])
  useEffect(() => {
    const save = () => draft.current?.save()
    window.addEventListener('pagehide', save)
    return () => {
      window.removeEventListener('pagehide', save)
      save()
      draft.current = null
    }
  }, [])
  return [field, draft] as const
}
