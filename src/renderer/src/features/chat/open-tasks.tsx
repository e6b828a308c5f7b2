import { useMemo } from 'react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { isTerminal, type TaskView } from '../../../../shared/model/task.js'
import { leadTo, noteEndSeen, useChatView } from '../../stores/chat-view.js'
import { NO_THREAD, useMessages } from '../../stores/messages.js'
import { openTasksOf, useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { StateIcon } from '../tasks/task-state.js'
import { useWaitDetail } from '../tasks/use-wait-detail.js'

/** Ends before that were there to be seen when the window opened. */
const OPENED_AT = Date.now()

/**
 * The tasks that this conversation started and that are not done, always in sight; and those that have
 * ended since, until their card was seen: it may be far above.
 */
export function OpenTasks({ conversationId }: { readonly conversationId: ConversationId }) {
  const text = useText().chat.openTasks
  const state = useTasks()
  const open = useMemo(() => openTasksOf(state, conversationId), [state, conversationId])
  const seen = useChatView((view) => view.seenEnds)
  const ended = useMemo(
    () =>
      Object.values(state.byId).filter(
        (task) =>
          task.conversationId === conversationId &&
          isTerminal(task.state) &&
          (task.completedAt ?? 0) > OPENED_AT &&
          !seen.has(task.id),
      ),
    [state, conversationId, seen],
  )
  if (open.length + ended.length === 0) return null
  return (
    <ul
      aria-label={text.label}
      className="flex max-h-20 flex-wrap gap-1.5 overflow-y-auto pt-2 low:hidden"
    >
      {ended.map((task) => (
        <li key={task.id} className="max-w-full">
          <EndedChip task={task} conversationId={conversationId} />
        </li>
      ))}
      {open.map((task) => (
        <li key={task.id} className="max-w-full">
          <TaskChip task={task} />
        </li>
      ))}
    </ul>
  )
}

const CHIP =
  'flex h-6 max-w-full items-center gap-1.5 rounded-md border px-2 text-xs hover:bg-hover'

function TaskChip({ task }: { readonly task: TaskView }) {
  const text = useText().chat.openTasks
  const wait = useWaitDetail(task) ?? undefined
  const running = task.state === 'running'
  return (
    <button
      type="button"
      onClick={() => showTask(task.id)}
      title={running ? task.currentStep : wait}
      className={CHIP}
    >
      <StateIcon state={task.state} small />
      <span dir="auto" className="max-w-56 truncate">
        {task.description}
      </span>
      <span className="figures text-muted">
        {running ? `${Math.round(task.progress)} %` : text.waiting}
      </span>
    </button>
  )
}

interface EndedChipProps {
  readonly task: TaskView
  readonly conversationId: ConversationId
}

function EndedChip({ task, conversationId }: EndedChipProps) {
  const text = useText().chat
  const show = () => {
    noteEndSeen(task.id)
    const thread = useMessages.getState().threads[conversationId] ?? NO_THREAD
    const card = thread.order.findLast((id) => thread.byId[id]?.taskId === task.id)
    if (card === undefined) showTask(task.id)
    else leadTo({ conversationId, messageId: card, order: null })
  }
  return (
    <button type="button" onClick={show} className={CHIP}>
      <StateIcon state={task.state} small />
      <span dir="auto" className="max-w-56 truncate">
        {task.description}
      </span>
      <span className="text-accent-text">{text.openTasks.show(text.card.state[task.state])}</span>
    </button>
  )
}
