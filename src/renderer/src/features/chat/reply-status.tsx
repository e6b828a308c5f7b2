import { Square } from 'lucide-react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { useHost } from '../../app/host.js'
import { useConversations } from '../../stores/conversations.js'
import { useMessages } from '../../stores/messages.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { failed } from '../../ui/failure.js'

/** Says what the assistant is doing. The line is always there, so the chat never jumps. */
export function ReplyStatus({
  conversationId,
}: {
  readonly conversationId: ConversationId | null
}) {
  const host = useHost()
  const text = useText().chat.status
  const id = conversationId
  const busy = useConversations((state) => id !== null && (state.byId[id]?.busy ?? false))
  const detail = useMessages((state) =>
    id === null ? null : (state.threads[id]?.activity ?? null),
  )
  return (
    <div className="flex h-8 items-center low:h-6 gap-2 text-muted text-xs">
      {busy && id !== null && (
        <>
          <span className="busy-dot" />
          <span className="min-w-0 flex-1 truncate">{detail ?? text.replying}</span>
          <Button
            small
            kind="quiet"
            aria-keyshortcuts="Escape"
            onClick={() => {
              host.call('chat.stop', { conversationId: id }).catch(failed(text.notStopped))
            }}
          >
            <Square aria-hidden size={11} fill="currentColor" /> {text.stop}
            <kbd className="font-sans text-faint">Esc</kbd>
          </Button>
        </>
      )}
    </div>
  )
}
