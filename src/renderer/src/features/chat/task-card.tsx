import type { ChatMessage } from '../../../../shared/model/chat.js'
import { plainOutput } from '../../stores/ansi.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { Button } from '../../ui/button.js'
import { formatClock } from '../../ui/format.js'
import { Markdown } from '../markdown/markdown.js'
import { runsCommand } from '../tasks/result-content.js'
import { endText, STATE_LABELS, StateIcon } from '../tasks/task-state.js'

/** Tells a conversation how a task that it started has ended. */
export function TaskCard({ message }: { readonly message: ChatMessage }) {
  const { taskId } = message
  const task = useTasks((state) => (taskId === undefined ? undefined : state.byId[taskId]))
  const taskState = task?.state ?? message.taskState ?? 'completed'
  return (
    <article
      aria-label={`Task ${STATE_LABELS[taskState].toLowerCase()}`}
      className="mb-6 overflow-hidden rounded-[10px] border bg-bg"
    >
      <header className="flex flex-wrap items-center gap-x-3 px-3.5 pt-2.5">
        <div className="flex min-w-60 flex-1 items-center gap-2">
          <StateIcon state={taskState} />
          <h3 className="min-w-0 flex-1 truncate font-semibold" title={task?.description}>
            {task?.description ?? 'Task'}
          </h3>
        </div>
        <span className="figures shrink-0 text-muted text-xs">
          {task?.state === taskState ? endText(task) : STATE_LABELS[taskState]} ·{' '}
          {formatClock(message.createdAt)}
        </span>
      </header>
      <div className="markdown-compact max-h-44 overflow-hidden px-3.5 pt-1 pb-2.5 text-muted">
        {task !== undefined && runsCommand(task.type) ? (
          <pre className="whitespace-pre-wrap break-words font-mono text-xs">
            {plainOutput(withoutTitle(message).trim())}
          </pre>
        ) : (
          <Markdown text={withoutTitle(message)} />
        )}
      </div>
      {taskId !== undefined && (
        <footer className="flex items-center border-t px-2.5 py-1.5">
          <Button small onClick={() => showTask(taskId)}>
            Open result
          </Button>
        </footer>
      )}
    </article>
  )
}

/** The first line names the task and its end, which the card's own header does. */
function withoutTitle({ text, taskId }: ChatMessage): string {
  const [first = '', ...rest] = text.split('\n')
  return taskId !== undefined && first.includes(taskId) ? rest.join('\n') : text
}
