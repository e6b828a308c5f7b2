import { ArrowDown, ArrowUp, Pencil, Send, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { toast } from 'sonner'
import type { ChatMessage } from '../../../../shared/model/chat.js'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { type Host, useHost } from '../../app/host.js'
import { dropSent, nameOfEdit } from '../../stores/drafts.js'
import { NO_THREAD, useMessages } from '../../stores/messages.js'
import { remember, remembered } from '../../stores/storage.js'
import { currentText, useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { failed } from '../../ui/failure.js'
import { IconButton } from '../../ui/icon-button.js'
import { useOneAtATime } from '../../ui/one-at-a-time.js'
import type { DraftRefs } from './use-draft-field.js'

type Draft = DraftRefs['draft']

interface QueuePanelProps {
  readonly conversationId: ConversationId
  /** Where the text of a message goes that is taken back. */
  readonly draft: Draft
}

/** What was said while the assistant speaks: answered in turn, and until then a person's own to change. */
export function QueuePanel({ conversationId, draft }: QueuePanelProps) {
  const text = useText().chat.queue
  const queued = useQueued(conversationId)
  if (queued.length === 0) return null
  return (
    <section aria-label={text.label} className="mt-2 rounded-[10px] border border-dashed">
      <h3 className="px-3 pt-1.5 text-muted text-xs">{text.title(queued.length)}</h3>
      <ol className="max-h-[30vh] overflow-y-auto p-1">
        {queued.map((message, index) => (
          <QueuedRow
            key={message.messageId}
            message={message}
            above={queued[index - 1] ?? null}
            below={queued[index + 1] ?? null}
            afterBelow={queued[index + 2] ?? null}
            draft={draft}
          />
        ))}
      </ol>
    </section>
  )
}

function useQueued(conversationId: ConversationId): readonly ChatMessage[] {
  const order = useMessages((state) => (state.threads[conversationId] ?? NO_THREAD).order)
  const byId = useMessages((state) => (state.threads[conversationId] ?? NO_THREAD).byId)
  return useMemo(() => {
    const queued: ChatMessage[] = []
    // They are the newest ones, with at most the reply under way among them.
    for (let at = order.length - 1; at >= 0; at--) {
      const id = order[at]
      const message = id === undefined ? undefined : byId[id]
      if (message?.state === 'queued') queued.unshift(message)
      else if (message?.state === 'complete' && message.role === 'user') break
    }
    return queued
  }, [order, byId])
}

interface QueuedRowProps {
  readonly message: ChatMessage
  readonly above: ChatMessage | null
  readonly below: ChatMessage | null
  readonly afterBelow: ChatMessage | null
  readonly draft: Draft
}

function QueuedRow({ message, above, below, afterBelow, draft }: QueuedRowProps) {
  const host = useHost()
  const text = useText().chat.queue
  const [editing, setEditing] = useState(() => remembered(nameOfEdit(message.messageId)) !== null)
  if (editing) return <EditQueued message={message} onDone={() => setEditing(false)} />
  const { conversationId, messageId } = message
  const move = (before: ChatMessage | null) => {
    host
      .call('chat.queue.move', { conversationId, messageId, before: before?.messageId ?? null })
      .catch(failed(text.notMoved))
  }
  return (
    <li className="flex items-center gap-1 rounded-md pl-2 hover:bg-hover">
      <p
        dir="auto"
        className="line-clamp-2 min-w-0 flex-1 py-1 break-words"
        title={message.text.slice(0, 2000)}
      >
        {message.text.slice(0, 500)}
      </p>
      <IconButton small icon={Pencil} label={text.edit} onClick={() => setEditing(true)} />
      <IconButton
        small
        icon={ArrowUp}
        label={text.up}
        disabled={above === null}
        onClick={() => move(above)}
      />
      <IconButton
        small
        icon={ArrowDown}
        label={text.down}
        disabled={below === null}
        onClick={() => move(afterBelow)}
      />
      <IconButton
        small
        icon={Send}
        label={text.sendNow}
        onClick={() => {
          host.call('chat.queue.sendNow', { conversationId, messageId }).catch(failed(text.notSent))
        }}
      />
      <IconButton
        small
        icon={X}
        label={text.remove}
        onClick={() => takeBack(host, message, draft)}
      />
    </li>
  )
}

/** What was taken back is in the field again, where that is free, and can be said as it was at once. */
function takeBack(host: Host, { conversationId, messageId }: ChatMessage, draft: Draft): void {
  const words = currentText().chat.queue
  const again = (text: string) => {
    host.call('chat.send', { conversationId, text }).then(() => {
      if (draft.current === null) dropSent(conversationId, text)
      else draft.current.accepted(conversationId, text)
    }, failed(words.notSent))
  }
  host.call('chat.queue.remove', { conversationId, messageId }).then(({ text }) => {
    draft.current?.giveBack(conversationId, text)
    toast(words.removed, { action: { label: words.undo, onClick: () => again(text) } })
  }, failed(words.notRemoved))
}

interface EditQueuedProps {
  readonly message: ChatMessage
  readonly onDone: () => void
}

function EditQueued({ message, onDone }: EditQueuedProps) {
  const host = useHost()
  const text = useText().chat.queue
  const { conversationId, messageId } = message
  const name = nameOfEdit(messageId)
  const [typed, setTyped] = useState(() => remembered(name) ?? message.text)
  const once = useOneAtATime()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const done = () => {
    remember(name, null)
    onDone()
  }
  const save = () => {
    if (typed.trim() === '') return
    once(() =>
      host
        .call('chat.queue.edit', { conversationId, messageId, text: typed })
        .then(done, failed(text.notChanged)),
    )
  }
  return (
    <li className="p-1">
      <textarea
        dir="auto"
        aria-label={text.text}
        value={typed}
        rows={2}
        ref={field}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          remember(name, event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') {
            event.stopPropagation()
            done()
          } else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            save()
          }
        }}
        className="field-sizing-content block max-h-48 w-full resize-none rounded-md border bg-surface px-2 py-1 outline-none focus:border-accent-text"
      />
      <div className="mt-1 flex justify-end gap-1">
        <Button small kind="quiet" onClick={done}>
          {text.cancel}
        </Button>
        <Button small onClick={save}>
          {text.save}
        </Button>
      </div>
    </li>
  )
}
