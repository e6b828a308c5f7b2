import { ChatPane } from '../features/chat/chat-pane.js'
import { ConversationList } from '../features/conversations/conversation-list.js'
import { TaskMonitor } from '../features/tasks/task-monitor.js'
import { useQueue } from '../stores/queue.js'
import { type Pane, showPane, useView } from '../stores/view.js'
import { useText } from '../text/text.js'
import { cx } from '../ui/class-names.js'
import { ErrorBoundary } from '../ui/error-boundary.js'

/** One pane at a time, for windows that are too narrow for three. */
export function NarrowPanes() {
  const text = useText().app
  const pane = useView((view) => view.pane)
  const running = useQueue((state) => state.queue?.runningCount ?? 0)
  return (
    <>
      <nav aria-label={text.panes} className="flex shrink-0 gap-1 border-b bg-bg p-1.5">
        <PaneButton pane="conversations" current={pane} label={text.chats} />
        <PaneButton pane="chat" current={pane} label={text.chat} />
        <PaneButton pane="tasks" current={pane} label={text.tasks(running)} />
      </nav>
      <div data-pane={pane} className="min-h-0 flex-1">
        <ErrorBoundary key={pane} name={text.thisPane}>
          {pane === 'conversations' && <ConversationList />}
          {pane === 'chat' && <ChatPane narrow />}
          {pane === 'tasks' && <TaskMonitor />}
        </ErrorBoundary>
      </div>
    </>
  )
}

interface PaneButtonProps {
  readonly pane: Pane
  readonly current: Pane
  readonly label: string
}

function PaneButton({ pane, current, label }: PaneButtonProps) {
  const selected = pane === current
  return (
    <button
      type="button"
      aria-pressed={selected}
      onClick={() => showPane(pane)}
      className={cx(
        'figures h-7 flex-1 rounded-md font-medium',
        selected ? 'bg-selected' : 'text-muted hover:bg-hover',
      )}
    >
      {label}
    </button>
  )
}
