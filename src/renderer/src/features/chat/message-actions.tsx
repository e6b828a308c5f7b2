import { GitBranch, Pencil, RotateCcw } from 'lucide-react'
import type { ChatMessage } from '../../../../shared/model/chat.js'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { type Host, useHost } from '../../app/host.js'
import { editMessage } from '../../stores/chat-view.js'
import { NO_THREAD, useMessages } from '../../stores/messages.js'
import { showConversation } from '../../stores/view.js'
import { currentText, useText } from '../../text/text.js'
import { CopyButton } from '../../ui/copy-button.js'
import { failed } from '../../ui/failure.js'
import { formatClock } from '../../ui/format.js'
import { useOneAtATime } from '../../ui/one-at-a-time.js'
import { RowButton } from '../../ui/row-button.js'

/** Always takes its place, so that showing it moves nothing. */
export function MessageActions({ message }: { readonly message: ChatMessage }) {
  const host = useHost()
  const text = useText().chat
  const once = useOneAtATime()
  return (
    <footer className="flex h-6 items-center gap-0.5 text-faint text-xs opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
      <time dateTime={new Date(message.createdAt).toISOString()} className="figures px-1">
        {formatClock(message.createdAt)}
      </time>
      <CopyButton text={message.text} label={text.message.copy} />
      {message.role === 'user' && (
        <RowButton
          icon={Pencil}
          label={text.message.edit}
          onClick={() => editMessage(message.messageId)}
        />
      )}
      {message.role === 'assistant' && message.state !== 'streaming' && (
        <RowButton
          icon={RotateCcw}
          label={text.message.askAgain}
          onClick={() => once(() => askAgain(host, message))}
        />
      )}
      {message.state !== 'streaming' && (
        <RowButton
          icon={GitBranch}
          label={text.branch.here}
          onClick={() => once(() => branchFrom(host, message))}
        />
      )}
    </footer>
  )
}

function branchFrom(host: Host, { conversationId, messageId }: ChatMessage): Promise<void> {
  return host
    .call('chat.branch', { conversationId, messageId })
    .then((branch) => showConversation(branch.conversationId))
    .catch(failed(currentText().chat.branch.failed))
}

/** The same question in a branch: the answer that is here stays. */
async function askAgain(host: Host, reply: ChatMessage): Promise<void> {
  const { conversationId } = reply
  const question = questionOf(reply)
  if (question === undefined) return
  const { messageId, text } = question
  await sayInstead(host, conversationId, messageId, text).catch(
    failed(currentText().chat.message.notAskedAgain),
  )
}

function questionOf({ conversationId, order }: ChatMessage): ChatMessage | undefined {
  const thread = useMessages.getState().threads[conversationId] ?? NO_THREAD
  const id = thread.order.findLast((each) => {
    const message = thread.byId[each]
    return message?.role === 'user' && message.state !== 'queued' && message.order < order
  })
  return id === undefined ? undefined : thread.byId[id]
}

/** Has something else said in place of a message, and shows the chat in which it is answered. */
export async function sayInstead(
  host: Host,
  conversationId: ConversationId,
  messageId: ChatMessage['messageId'],
  text: string,
): Promise<void> {
  const edited = await host.call('chat.edit', { conversationId, messageId, text })
  if (edited.conversationId !== conversationId) showConversation(edited.conversationId)
}
