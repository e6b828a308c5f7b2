import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ChatMessage } from '../../../../shared/model/chat.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { editMessage } from '../../stores/chat-view.js'
import { nameOfEdit } from '../../stores/drafts.js'
import { remember, remembered } from '../../stores/storage.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { useOneAtATime } from '../../ui/one-at-a-time.js'
import { sayInstead } from './message-actions.js'

/** Other words for a message of one's own. What is typed is kept until they are sent or given up. */
export function EditMessage({ message }: { readonly message: ChatMessage }) {
  const { conversationId, messageId } = message
  const host = useHost()
  const text = useText().chat.editing
  const field = useRef<HTMLTextAreaElement>(null)
  const [error, setError] = useState<string | null>(null)
  const once = useOneAtATime()
  const name = nameOfEdit(messageId)
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [])
  const close = () => {
    remember(name, null)
    editMessage(null)
  }
  const send = () => {
    const words = field.current?.value ?? ''
    if (words.trim() === '') return
    once(() =>
      sayInstead(host, conversationId, messageId, words).then(close, (reason: unknown) =>
        setError(messageOf(reason)),
      ),
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    }
  }
  return (
    <form
      className="w-full rounded-[10px] border border-accent-text bg-surface"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        aria-label={text.label}
        aria-describedby={`edit-${messageId}`}
        defaultValue={remembered(name) ?? message.text}
        rows={2}
        onInput={(event) => remember(name, event.currentTarget.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content block max-h-80 min-h-14 w-full resize-none bg-transparent px-3.5 pt-2 text-base leading-relaxed outline-none"
      />
      <div className="flex flex-wrap items-center gap-2 px-2 pb-2 pl-3.5">
        <p id={`edit-${messageId}`} className="min-w-48 flex-1 text-muted text-xs">
          {error === null ? (
            text.note
          ) : (
            <span role="alert" className="text-bad">
              {text.notSent(error)}
            </span>
          )}
        </p>
        <Button small kind="quiet" onClick={close}>
          {text.cancel}
        </Button>
        <Button small kind="primary" type="submit">
          {text.send}
        </Button>
      </div>
    </form>
  )
}
