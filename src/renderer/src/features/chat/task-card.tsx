import { useEffect, useRef } from 'react'
import type { ChatMessage } from '../../../../shared/model/chat.js'
import { isTerminal, type TaskState, type TaskView, tookMs } from '../../../../shared/model/task.js'
import { plainOutput } from '../../stores/ansi.js'
import { noteEndSeen } from '../../stores/chat-view.js'
import { mayRunNow, useQueue, waitOf } from '../../stores/queue.js'
import { type TreeSummary, treeBelow } from '../../stores/task-tree.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { formatClock, formatDuration } from '../../ui/format.js'
import { ProgressBar } from '../../ui/progress-bar.js'
import { Markdown } from '../markdown/markdown.js'
import { runsCommand } from '../tasks/result-content.js'
import { useTaskActions } from '../tasks/task-actions.js'
import { StateIcon } from '../tasks/task-state.js'
import { stallText } from '../tasks/task-times.js'
import { useWaitDetail } from '../tasks/use-wait-detail.js'

/** A task that the conversation started, where it did: it lives there until it ends and after. */
export function TaskCard({ message }: { readonly message: ChatMessage }) {
  const { taskId } = message
  const text = useText().chat.card
  const task = useTasks((state) => (taskId === undefined ? undefined : state.byId[taskId]))
  const state = task?.state ?? message.taskState ?? 'completed'
  const card = useSeenEnd(message, state)
  return (
    <article
      ref={card}
      aria-label={text.label[state]}
      className="mb-6 overflow-hidden rounded-[10px] border bg-bg"
    >
      <header className="flex flex-wrap items-center gap-x-3 px-3.5 pt-2.5">
        <div className="flex min-w-60 flex-1 items-center gap-2">
          <StateIcon state={state} />
          <h3
            dir="auto"
            className="min-w-0 flex-1 truncate font-semibold"
            title={task?.description}
          >
            {task?.description ?? descriptionIn(message) ?? text.unknown}
          </h3>
        </div>
        <span className="figures shrink-0 text-muted text-xs">
          <StateText task={task} state={state} /> ·{' '}
          {formatClock(task?.completedAt ?? message.createdAt)}
        </span>
      </header>
      {task !== undefined && !isTerminal(state) && <Progress task={task} />}
      {task !== undefined && <Parts task={task} />}
      {isTerminal(state) && message.taskState === state && (
        <Excerpt message={message} task={task} />
      )}
      {taskId !== undefined && <Actions task={task} taskId={taskId} state={state} />}
    </article>
  )
}

/** The chip above the field for messages has done its work once the card itself was seen. */
function useSeenEnd({ taskId }: ChatMessage, state: TaskState) {
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (taskId === undefined || !isTerminal(state) || card.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) noteEndSeen(taskId)
      },
      { threshold: 0.5 },
    )
    observer.observe(card.current)
    return () => observer.disconnect()
  }, [taskId, state])
  return card
}

function StateText({
  task,
  state,
}: {
  readonly task: TaskView | undefined
  readonly state: TaskState
}) {
  const text = useText().chat.card
  // After an interruption nobody knows how long it ran.
  const isKnown = task !== undefined && isTerminal(state) && task.error?.code !== 'interrupted'
  const ran = (isKnown ? tookMs(task) : null) ?? 0
  return ran < 1000 ? text.state[state] : text.ended(text.state[state], formatDuration(ran))
}

/** What it does now, or what it waits for. */
function Progress({ task }: { readonly task: TaskView }) {
  const text = useText().chat.card
  const wait = useWaitDetail(task)
  const at = task.steps.findIndex((step) => step.state === 'active') + 1
  if (task.state === 'pending') {
    return <p className="px-3.5 pt-1 pb-2.5 text-muted">{wait ?? text.startingSoon}</p>
  }
  return (
    <div className="px-3.5 pt-1.5 pb-3">
      <p className="flex items-baseline gap-3 text-muted">
        <span className="min-w-0 flex-1 truncate">
          {stallText(task) ?? task.currentStep ?? text.working}
        </span>
        <span className="figures shrink-0 text-xs">
          {at > 0 && `${text.step(at, task.steps.length)} · `}
          {Math.round(task.progress)} %
        </span>
      </p>
      <ProgressBar value={task.progress} label={text.progress} className="mt-1.5" />
    </div>
  )
}

/** Everything below a lead, all levels together. */
function Parts({ task }: { readonly task: TaskView }) {
  const text = useText().chat.card
  const summary = useTree(task)
  if (summary === null) return null
  const { counts, total, progress } = summary
  const facts = [
    text.parts(counts.completed, total),
    ...(counts.running > 0 ? [text.partsRunning(counts.running)] : []),
    ...(counts.failed > 0 ? [text.partsFailed(counts.failed)] : []),
  ]
  return (
    <div className="px-3.5 pb-2.5">
      <p className="figures text-muted text-xs">{facts.join(' · ')}</p>
      {!isTerminal(task.state) && (
        <ProgressBar value={progress} label={text.partsProgress} className="mt-1" />
      )}
    </div>
  )
}

/** By its text, so that a change elsewhere among the tasks draws nothing here. */
function useTree(task: TaskView): TreeSummary | null {
  const json = useTasks((state) => JSON.stringify(treeBelow(state.byId, task.id)))
  return JSON.parse(json) as TreeSummary | null
}

interface ExcerptProps {
  readonly message: ChatMessage
  readonly task: TaskView | undefined
}

function Excerpt({ message, task }: ExcerptProps) {
  const excerpt = withoutTitle(message)
  if (excerpt.trim() === '') return null
  return (
    <div
      dir="auto"
      className="markdown-compact max-h-44 overflow-hidden px-3.5 pt-1 pb-2.5 text-muted"
    >
      {task !== undefined && runsCommand(task.type) ? (
        <pre className="whitespace-pre-wrap break-words font-mono text-xs">
          {plainOutput(excerpt.trim())}
        </pre>
      ) : (
        <Markdown text={excerpt} />
      )}
    </div>
  )
}

interface ActionsProps {
  readonly task: TaskView | undefined
  readonly taskId: NonNullable<ChatMessage['taskId']>
  readonly state: TaskState
}

function Actions({ task, taskId, state }: ActionsProps) {
  const text = useText().chat.card
  const actions = useTaskActions()
  const reason = useQueue((queue) => (task === undefined ? undefined : waitOf(task, queue)?.reason))
  const ended = isTerminal(state)
  const mayWrite = state === 'running' && task !== undefined && !runsCommand(task.type)
  return (
    <footer className="flex flex-wrap items-center gap-1.5 border-t px-2.5 py-1.5">
      <Button small onClick={() => showTask(taskId)}>
        {ended ? text.openResult : text.open}
      </Button>
      {mayWrite && (
        <Button small kind="quiet" onClick={() => showTask(taskId)}>
          {text.write}
        </Button>
      )}
      {state === 'pending' && reason !== undefined && mayRunNow(reason) && (
        <Button small kind="quiet" onClick={() => actions.runNow(taskId)}>
          {text.runNow}
        </Button>
      )}
      {(state === 'failed' || state === 'cancelled') && (
        <Button small kind="quiet" onClick={() => actions.retry(taskId)}>
          {text.retry}
        </Button>
      )}
      {!ended && (
        <Button small kind="quiet" onClick={() => actions.cancel(taskId)}>
          {text.cancel}
        </Button>
      )}
    </footer>
  )
}

/** The first line names the task and its end, which the card's own header does. */
function withoutTitle({ text, taskId }: ChatMessage): string {
  const [first = '', ...rest] = text.split('\n')
  return taskId !== undefined && first.includes(taskId) ? rest.join('\n') : text
}

/** Of a task that is too old to be loaded. */
function descriptionIn({ text, taskId = '' as never }: ChatMessage): string | undefined {
  const [first = ''] = text.split('\n', 1)
  const [, description] =
    /^Task (?:started:|completed ✅|failed ❌|cancelled:) (.*) \(/.exec(first) ?? []
  return first.includes(taskId) ? description : undefined
}
