import { memo } from 'react'
import type { TaskId } from '../../../../../shared/model/ids.js'
import type { TimelineEntry } from '../../../../../shared/rpc/task.js'
import { showTask, useView } from '../../../stores/view.js'
import { useText } from '../../../text/text.js'
import { cx } from '../../../ui/class-names.js'
import { formatDuration } from '../../../ui/format.js'
import { isolated } from '../../../ui/isolated.js'
import { TypeIcon } from '../../tasks/type-icon.js'
import { useWaitDetail } from '../../tasks/use-wait-detail.js'
import { barsOf, type Span } from './bars.js'

interface TimelineRowProps {
  readonly entry: TimelineEntry
  readonly entries: readonly TimelineEntry[]
  readonly span: Span
  readonly first: boolean
  readonly onLook: (id: TaskId | null) => void
}

/** One task: its name, and its pieces. In words for who does not see them. */
export const TimelineRow = memo(function TimelineRow({
  entry,
  entries,
  span,
  first,
  onLook,
}: TimelineRowProps) {
  const { task } = entry
  const shown = useView((view) => view.taskId === task.id)
  const words = useWords(entry, entries, span, useWaitDetail(task))
  return (
    <li>
      <button
        type="button"
        data-row
        data-task={task.id}
        tabIndex={first ? 0 : -1}
        onClick={() => showTask(task.id)}
        onFocus={() => onLook(task.id)}
        onPointerEnter={() => onLook(task.id)}
        className={cx(
          'flex h-(--timeline-row) w-full items-center text-left hover:bg-hover',
          shown && 'bg-selected hover:bg-selected',
        )}
      >
        <span className="flex w-(--timeline-names) shrink-0 items-center gap-2 pr-3 pl-3">
          <TypeIcon type={task.type} />
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {task.description}
          </span>
        </span>
        <span className="sr-only">{words}</span>
        <span aria-hidden title={words} className="relative h-full min-w-0 flex-1 border-l">
          {barsOf(entry, span).map(({ kind, from, to }) => (
            <span
              key={`${kind} ${from}`}
              className={`timeline-bar timeline-${kind}`}
              style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
            />
          ))}
        </span>
      </button>
    </li>
  )
})

function useWords(
  entry: TimelineEntry,
  entries: readonly TimelineEntry[],
  span: Span,
  waits: string | null,
): string {
  const text = useText().monitor
  const { task, stretches, dependencies } = entry
  const ran = stretches.reduce(
    (sum, { startedAt, endedAt }) => sum + Math.max(0, (endedAt ?? span.until) - startedAt),
    0,
  )
  const end = task.completedAt ?? span.until
  const waited = Math.max(0, end - task.createdAt - ran)
  const names = dependencies.map((id) =>
    isolated(entries.find((other) => other.task.id === id)?.task.description ?? id),
  )
  const attempt = stretches.at(-1)?.attempt ?? 0
  return [
    text.states[task.state],
    text.waited(formatDuration(waited)),
    ran > 0 && text.ran(formatDuration(ran)),
    attempt > 1 && text.attemptOf(attempt),
    names.length > 0 && text.waitedFor(names.join(', ')),
    waits,
  ]
    .filter(Boolean)
    .join(', ')
}
