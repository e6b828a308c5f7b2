import { useDeferredValue, useMemo, useState } from 'react'
import type { TaskId } from '../../../../../shared/model/ids.js'
import type { TimelineEntry } from '../../../../../shared/rpc/task.js'
import type { TaskFilter } from '../../../stores/monitor.js'
import { filteredTasks, useTasks } from '../../../stores/tasks.js'
import { useText } from '../../../text/text.js'
import { formatMoment } from '../../../ui/format.js'
import { moveFocus } from '../../../ui/move-focus.js'
import { SkeletonRows } from '../../../ui/pane.js'
import { useNow } from '../../../ui/time.js'
import { useHostSearch } from '../../tasks/use-host-search.js'
import { NoTasks } from '../no-tasks.js'
import { fits, isFiltering } from '../task-filter.js'
import './timeline.css'
import { type Span, spanOf, ticksOf } from './bars.js'
import { Links } from './links.js'
import { TimelineRow } from './timeline-row.js'
import { MOST_ROWS, useTimeline } from './use-timeline.js'

const SPANS = ['900', '3600', '21600', '86400', '604800'] as const
type SpanKey = (typeof SPANS)[number]

/** Who ran when, how long each waited, and what waited for what. */
export function Timeline({ filter }: { readonly filter: TaskFilter }) {
  const text = useText().monitor
  const [seconds, setSeconds] = useState<SpanKey>('3600')
  const { entries, error } = useTimeline(Number(seconds), filter)
  const shown = useShown(entries, filter)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-4 border-b px-3 text-muted text-xs">
        <label className="flex items-center gap-1.5">
          {text.span}
          <select
            value={seconds}
            onChange={(event) => setSeconds(event.currentTarget.value as SpanKey)}
            className="h-6 rounded border border-border-strong/60 bg-surface px-1 text-text"
          >
            {SPANS.map((key) => (
              <option key={key} value={key}>
                {text.spans[key]}
              </option>
            ))}
          </select>
        </label>
        {entries?.length === MOST_ROWS && (
          <span>
            {filter.text.trim() === ''
              ? text.timelineCut(MOST_ROWS)
              : text.timelineSearched(MOST_ROWS)}
          </span>
        )}
        <Legend />
      </div>
      {error !== null && (
        <p role="alert" className="p-4 text-bad">
          {text.timelineFailed}: {error}
        </p>
      )}
      {entries === null && error === null && <SkeletonRows rows={8} />}
      {shown?.length === 0 &&
        (isFiltering(filter) ? (
          <NoTasks filter={filter} noMatch={text.timelineNoMatch} />
        ) : (
          <p className="p-4 text-muted">{text.timelineEmpty}</p>
        ))}
      {shown !== null && shown.length > 0 && <Picture entries={shown} seconds={Number(seconds)} />}
    </div>
  )
}

/** What the filters let through, oldest above: a task stands below what it waited for. */
function useShown(
  entries: readonly TimelineEntry[] | null,
  filter: TaskFilter,
): readonly TimelineEntry[] | null {
  const query = useDeferredValue(filter.text.trim())
  const found = useTasks((state) => state.found)
  useHostSearch(query)
  return useMemo(() => {
    if (entries === null) return null
    const byId = Object.fromEntries(entries.map(({ task }) => [task.id, task]))
    const fitting = filteredTasks({ byId, found }, query).filter((task) => fits(task, filter))
    const ids = new Set(fitting.map(({ id }) => id))
    return entries.filter(({ task }) => ids.has(task.id)).toReversed()
  }, [entries, filter, query, found])
}

interface PictureProps {
  readonly entries: readonly TimelineEntry[]
  readonly seconds: number
}

function Picture({ entries, seconds }: PictureProps) {
  const text = useText().monitor
  const until = useNow()
  const span = useMemo(() => spanOf(entries, until, seconds * 1000), [entries, until, seconds])
  const [looked, setLooked] = useState<TaskId | null>(null)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <Axis span={span} />
      <ul
        aria-label={text.views.timeline}
        className="relative"
        onKeyDown={moveFocus}
        onPointerLeave={() => setLooked(null)}
      >
        {entries.map((entry, index) => (
          <TimelineRow
            key={entry.task.id}
            entry={entry}
            entries={entries}
            span={span}
            first={index === 0}
            onLook={setLooked}
          />
        ))}
        <Links entries={entries} span={span} looked={looked} />
      </ul>
    </div>
  )
}

function Axis({ span }: { readonly span: Span }) {
  const length = span.until - span.since
  return (
    <div aria-hidden className="sticky top-0 z-10 ml-(--timeline-names) h-6 border-b bg-bg">
      {ticksOf(span).map((at) => (
        <span
          key={at}
          className="figures absolute top-1 -translate-x-1/2 whitespace-nowrap text-faint text-xs"
          style={{ left: `${((at - span.since) / length) * 100}%` }}
        >
          {formatMoment(at, span.until)}
        </span>
      ))}
    </div>
  )
}

const KINDS = ['waiting', 'running', 'completed', 'failed', 'cancelled'] as const

function Legend() {
  const text = useText().monitor
  return (
    <ul className="ml-auto flex gap-3 max-md:hidden">
      {KINDS.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span aria-hidden className={`timeline-${kind} h-2 w-4 rounded-xs`} />
          {text.legend[kind]}
        </li>
      ))}
    </ul>
  )
}
