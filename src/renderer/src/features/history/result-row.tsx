import { MessageSquare } from 'lucide-react'
import { memo } from 'react'
import type { HistoryEntry, HistoryMessage, HistoryTask } from '../../../../shared/model/history.js'
import { toggleSelected, useHistory } from '../../stores/history.js'
import { useTasks } from '../../stores/tasks.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { folderName, formatMoment } from '../../ui/format.js'
import { isolated } from '../../ui/isolated.js'
import { StateIcon } from '../tasks/task-state.js'
import { TypeIcon } from '../tasks/type-icon.js'
import { MessageText } from './message-text.js'
import { plainSnippet } from './plain-snippet.js'
import { ranFor } from './ran-for.js'
import { SnippetText } from './snippet-text.js'

export const ROW_HEIGHT = 56

interface ResultRowProps {
  readonly entry: HistoryEntry
  readonly first: boolean
  readonly now: number
  readonly onOpen: (entry: HistoryEntry) => void
}

/** One entry: what it was, and below where it was found or what came of it. */
export const ResultRow = memo(function ResultRow(props: ResultRowProps) {
  const { entry } = props
  return entry.kind === 'task' ? (
    <TaskEntry {...props} entry={entry} />
  ) : (
    <MessageEntry {...props} entry={entry} />
  )
})

const ROW = 'relative mx-2 flex items-center rounded-md hover:bg-hover'
const BUTTON = 'flex h-full min-w-0 flex-1 flex-col justify-center rounded-md py-1.5 pr-3 text-left'

function TaskEntry({
  entry,
  first,
  now,
  onOpen,
}: ResultRowProps & { readonly entry: HistoryTask }) {
  const text = useText().history
  const { taskId } = entry
  // What moves on while it is shown is told by the tasks themselves.
  const state = useTasks(({ byId }) => byId[taskId]?.state ?? entry.state)
  const selected = useHistory((history) => history.selected.has(taskId))
  const shown = useHistory(({ shown }) => shown?.kind === 'task' && shown.taskId === taskId)
  const inTitle = entry.found?.in === 'description' ? entry.found.snippet : null
  return (
    <div
      className={cx(ROW, (shown || selected) && 'bg-selected')}
      style={{ height: ROW_HEIGHT - 2 }}
    >
      <label className="grid h-full w-8 shrink-0 cursor-pointer place-items-center">
        <span className="sr-only">{text.select(entry.description)}</span>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          onChange={() => toggleSelected(taskId)}
          className="accent-accent"
        />
      </label>
      <button
        type="button"
        data-row
        data-task={taskId}
        aria-current={shown || undefined}
        tabIndex={first ? 0 : -1}
        onClick={() => onOpen(entry)}
        onKeyDown={(event) => {
          if (event.key !== 'x' || event.ctrlKey || event.metaKey || event.altKey) return
          event.preventDefault()
          toggleSelected(taskId)
        }}
        className={BUTTON}
      >
        <span className="flex items-center gap-2">
          <TypeIcon type={entry.type} />
          <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
            {inTitle === null ? entry.description : <SnippetText snippet={inTitle} />}
          </span>
          <span className="figures flex shrink-0 items-center gap-1.5 text-muted text-xs">
            {formatMoment(entry.createdAt, now)}
            <StateIcon state={state} small />
          </span>
        </span>
        <span className="mt-0.5 block truncate pl-[23px] text-muted text-xs">
          {entry.found !== null && entry.found.in !== 'description' ? (
            <Found found={entry.found} />
          ) : (
            <>
              {text.states[state]}
              {entry.durationMs > 0 && ` · ${ranFor(entry.durationMs, entry.error)}`}
              {` · ${isolated(entry.agentType)} · ${isolated(folderName(entry.workspace))}`}
              {entry.error !== null && ` · ${entry.error.message}`}
            </>
          )}
        </span>
      </button>
    </div>
  )
}

function MessageEntry({
  entry,
  first,
  now,
  onOpen,
}: ResultRowProps & { readonly entry: HistoryMessage }) {
  const text = useText().history
  const untitled = useText().chat.untitled
  const { messageId } = entry
  const shown = useHistory(
    ({ shown }) => shown?.kind === 'message' && shown.messageId === messageId,
  )
  return (
    <div className={cx(ROW, shown && 'bg-selected')} style={{ height: ROW_HEIGHT - 2 }}>
      <span className="w-8 shrink-0" />
      <button
        type="button"
        data-row
        data-message={messageId}
        aria-current={shown || undefined}
        tabIndex={first ? 0 : -1}
        onClick={() => onOpen(entry)}
        className={BUTTON}
      >
        <span className="flex items-center gap-2">
          <span className="shrink-0 text-muted" title={text.in.message}>
            <MessageSquare aria-hidden size={15} strokeWidth={1.75} />
            <span className="sr-only">{text.in.message}</span>
          </span>
          <span dir="auto" className="min-w-0 flex-1 truncate">
            <MessageText entry={entry} />
          </span>
          <span className="figures shrink-0 pr-[19px] text-muted text-xs">
            {formatMoment(entry.createdAt, now)}
          </span>
        </span>
        <span className="mt-0.5 block truncate pl-[23px] text-muted text-xs">
          {entry.role === 'user' ? text.you : text.assistant} · {isolated(entry.title || untitled)}
        </span>
      </button>
    </div>
  )
}

function Found({ found }: { readonly found: NonNullable<HistoryTask['found']> }) {
  const words = useText().history.in
  return (
    <>
      <span className="font-medium">{words[found.in]}:</span>{' '}
      <SnippetText snippet={found.in === 'output' ? plainSnippet(found.snippet) : found.snippet} />
    </>
  )
}
