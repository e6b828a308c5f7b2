import { memo } from 'react'
import type { ChatMessage } from '../../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../../shared/model/ids.js'
import { useMessages } from '../../stores/messages.js'
import { cx } from '../../ui/class-names.js'
import { CopyButton } from '../../ui/copy-button.js'
import { formatClock } from '../../ui/format.js'
import { AssistantText } from './assistant-text.js'
import { FailedReply } from './failed-reply.js'
import { TaskCard } from './task-card.js'

interface MessageProps {
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  readonly first: boolean
  readonly last: boolean
}

/** Each row listens to its own message alone: a stream redraws one row. */
export const Message = memo(function Message({
  conversationId,
  messageId,
  first,
  last,
}: MessageProps) {
  const message = useMessages((state) => state.threads[conversationId]?.byId[messageId])
  if (message === undefined) return null
  return (
    <div className={cx('mx-auto w-full max-w-3xl px-5', first && 'pt-4')}>
      {message.role === 'user' && <UserMessage message={message} />}
      {message.role === 'assistant' && <AssistantMessage message={message} last={last} />}
      {message.role === 'task' && <TaskCard message={message} />}
    </div>
  )
})

function UserMessage({ message }: { readonly message: ChatMessage }) {
  const queued = message.state === 'queued'
  return (
    <article aria-label="You" className="group flex flex-col items-end">
      <div
        className={cx(
          'max-w-[85%] whitespace-pre-wrap break-words rounded-[10px] border bg-bg px-3.5 py-2 text-base leading-relaxed',
          queued && 'border-dashed text-muted',
        )}
      >
        {message.text}
      </div>
      <Footer message={message} note={queued ? 'Queued: answered in turn' : null} />
    </article>
  )
}

interface AssistantMessageProps {
  readonly message: ChatMessage
  readonly last: boolean
}

function AssistantMessage({ message, last }: AssistantMessageProps) {
  const streaming = message.state === 'streaming'
  return (
    <article aria-label="Assistant" aria-busy={streaming} className="group">
      <AssistantText message={message} />
      {message.state === 'failed' && <FailedReply message={message} />}
      {message.state === 'stopped' && <FailedReply message={message} quiet={!last} />}
      {message.text === '' ? <div className="h-6" /> : <Footer message={message} note={null} />}
    </article>
  )
}

interface FooterProps {
  readonly message: ChatMessage
  readonly note: string | null
}

/** Always takes its place, so that showing it moves nothing. */
function Footer({ message, note }: FooterProps) {
  if (note !== null) return <footer className="h-6 pt-1 text-muted text-xs">{note}</footer>
  return (
    <footer className="flex h-6 items-center gap-1 text-faint text-xs opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
      <time dateTime={new Date(message.createdAt).toISOString()} className="figures px-1">
        {formatClock(message.createdAt)}
      </time>
      <CopyButton text={message.text} label="Copy message" />
    </footer>
  )
}
