import { memo, useEffect, useRef } from 'react'
import type { ChatMessage } from '../../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../../shared/model/ids.js'
import { useChatView } from '../../stores/chat-view.js'
import { messageIn, useMessages } from '../../stores/messages.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { AssistantText } from './assistant-text.js'
import { EditMessage } from './edit-message.js'
import { FailedReply } from './failed-reply.js'
import { FoldedText } from './folded-text.js'
import { MentionChip } from './mention-chip.js'
import { MessageActions } from './message-actions.js'
import { TaskCard } from './task-card.js'
import { piecesOf } from './user-text.js'

interface MessageProps {
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  readonly first: boolean
  /** Nothing was said after it. */
  readonly last: boolean
}

/** Each row listens to its own message alone: a stream redraws one row. */
export const Message = memo(function Message({
  conversationId,
  messageId,
  first,
  last,
}: MessageProps) {
  const message = useMessages((state) => messageIn(state.threads[conversationId], messageId))
  const row = useTargetMark(messageId)
  if (message === undefined) return null
  return (
    <div
      ref={row}
      data-message={messageId}
      className={cx('mx-auto w-full max-w-3xl rounded-md px-5', first && 'pt-4')}
    >
      {message.role === 'user' && <UserMessage message={message} />}
      {message.role === 'assistant' && <AssistantMessage message={message} last={last} />}
      {message.role === 'task' && <TaskCard message={message} />}
    </div>
  )
})

/** Shows for a moment which message a person was led to. */
function useTargetMark(messageId: MessageId) {
  const row = useRef<HTMLDivElement>(null)
  const isTarget = useChatView(({ target }) => target?.messageId === messageId)
  useEffect(() => {
    if (!isTarget) return
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const marked = [{ backgroundColor: 'var(--selected)' }, { backgroundColor: 'transparent' }]
    const mark = row.current?.animate(marked, {
      duration: 1600,
      easing: still ? 'steps(1)' : 'ease-out',
    })
    return () => mark?.cancel()
  }, [isTarget])
  return row
}

/** A message beyond this is folded; people paste whole logs. */
const SHOWN_CHARACTERS = 12_000
const SHOWN_LINES = 200
/** The same of replies, which are long for better reasons. */
const SHOWN_OF_REPLY = 250_000

function UserMessage({ message }: { readonly message: ChatMessage }) {
  const editing = useChatView((view) => view.editing === message.messageId)
  const text = useText().chat.message
  return (
    <article aria-label={text.you} className="group flex flex-col items-end">
      {editing ? (
        <EditMessage message={message} />
      ) : (
        <div
          dir="auto"
          className="max-w-[85%] whitespace-pre-wrap break-words rounded-[10px] border bg-bg px-3.5 py-2 text-base leading-relaxed"
        >
          <FoldedText text={message.text} characters={SHOWN_CHARACTERS} lines={SHOWN_LINES}>
            {(shown) =>
              piecesOf(shown, message.mentions ?? []).map((piece, index) =>
                piece.mention === null ? (
                  piece.text
                ) : (
                  <MentionChip key={index} mention={piece.mention} />
                ),
              )
            }
          </FoldedText>
        </div>
      )}
      <MessageActions message={message} />
    </article>
  )
}

interface AssistantMessageProps {
  readonly message: ChatMessage
  readonly last: boolean
}

function AssistantMessage({ message, last }: AssistantMessageProps) {
  const text = useText().chat.message
  const streaming = message.state === 'streaming'
  return (
    <article aria-label={text.assistant} aria-busy={streaming} className="group">
      {streaming ? (
        <AssistantText message={message} />
      ) : (
        <FoldedText text={message.text} characters={SHOWN_OF_REPLY}>
          {(shown) => (
            <AssistantText
              message={shown === message.text ? message : { ...message, text: shown }}
            />
          )}
        </FoldedText>
      )}
      {message.state === 'failed' && <FailedReply message={message} />}
      {message.state === 'stopped' && <FailedReply message={message} quiet={!last} />}
      {message.text === '' ? <div className="h-6" /> : <MessageActions message={message} />}
    </article>
  )
}
