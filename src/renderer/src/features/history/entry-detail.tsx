import { ArrowLeft, MessageSquare } from 'lucide-react'
import type { HistoryEntry, HistoryMessage } from '../../../../shared/model/history.js'
import { leadTo } from '../../stores/chat-view.js'
import { useHistory } from '../../stores/history.js'
import { showConversation } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { focusWhenFree } from '../../ui/focus-when-free.js'
import { formatSecond } from '../../ui/format.js'
import { IconButton } from '../../ui/icon-button.js'
import { PaneHeader } from '../../ui/pane.js'
import { TaskDetail } from '../tasks/task-detail.js'
import { MessageText } from './message-text.js'

export function EntryDetail({ entry }: { readonly entry: HistoryEntry }) {
  return entry.kind === 'task' ? (
    <TaskDetail key={entry.taskId} taskId={entry.taskId} />
  ) : (
    <MessageDetail entry={entry} />
  )
}

/** The beginning of a message, and the way to it. */
function MessageDetail({ entry }: { readonly entry: HistoryMessage }) {
  const text = useText().history
  const untitled = useText().chat.untitled
  const { conversationId, messageId, order } = entry
  const close = () => {
    useHistory.setState({ shown: null })
    focusWhenFree(`[data-message="${messageId}"]`)
  }
  return (
    <section
      aria-label={text.in.message}
      className="flex h-full flex-col bg-bg"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <PaneHeader
        title={entry.title || untitled}
        before={<IconButton icon={ArrowLeft} label={text.back} onClick={close} />}
      >
        <Button
          small
          autoFocus
          onClick={() => {
            showConversation(conversationId)
            leadTo({ conversationId, messageId, order })
          }}
        >
          <MessageSquare aria-hidden size={13} /> {text.openChat}
        </Button>
      </PaneHeader>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <p className="text-muted text-xs">
          {entry.role === 'user' ? text.you : text.assistant} ·{' '}
          {formatSecond(entry.createdAt, Date.now())}
        </p>
        <p dir="auto" className="mt-2 max-w-3xl whitespace-pre-wrap break-words">
          <MessageText entry={entry} />
        </p>
      </div>
    </section>
  )
}
