import type { TaskId } from '../../../../../shared/model/ids.js'
import type { TimelineEntry } from '../../../../../shared/rpc/task.js'
import { barsOf, type Span } from './bars.js'

/** As in timeline.css. */
const ROW_PX = 30

interface LinksProps {
  readonly entries: readonly TimelineEntry[]
  readonly span: Span
  /** Whose links stand out. */
  readonly looked: TaskId | null
}

/** Lines from the end of a task to the beginning of what waited for it. The rows tell it in words. */
export function Links({ entries, span, looked }: LinksProps) {
  const rowOf = new Map(entries.map(({ task }, index) => [task.id, index]))
  const links = entries.flatMap((entry, to) =>
    entry.dependencies.flatMap((id) => {
      const from = rowOf.get(id)
      const source = from === undefined ? undefined : entries[from]
      if (from === undefined || source === undefined) return []
      const bold = looked === id || looked === entry.task.id
      return [
        {
          key: `${id} ${entry.task.id}`,
          from,
          to,
          x1: endOf(source, span),
          x2: beginOf(entry, span),
          bold,
        },
      ]
    }),
  )
  if (links.length === 0) return null
  return (
    <svg
      aria-hidden
      className="pointer-events-none absolute inset-y-0 right-0 left-(--timeline-names)"
      width="100%"
      height={entries.length * ROW_PX}
      viewBox={`0 0 1000 ${entries.length * ROW_PX}`}
      preserveAspectRatio="none"
      style={{ width: 'calc(100% - var(--timeline-names))' }}
    >
      {links.map(({ key, from, to, x1, x2, bold }) => (
        <polyline
          key={key}
          points={`${x1 * 1000},${(from + 0.5) * ROW_PX} ${x1 * 1000},${(to + 0.5) * ROW_PX} ${x2 * 1000},${(to + 0.5) * ROW_PX}`}
          fill="none"
          stroke={bold ? 'var(--accent-text)' : 'var(--border-strong)'}
          strokeOpacity={bold ? 1 : 0.45}
          strokeWidth={bold ? 1.5 : 1}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  )
}

function endOf(entry: TimelineEntry, span: Span): number {
  return barsOf(entry, span).at(-1)?.to ?? 0
}

/** Where it began to run, or where its wait ends for now. */
function beginOf(entry: TimelineEntry, span: Span): number {
  const bars = barsOf(entry, span)
  return (bars.find(({ kind }) => kind !== 'waiting') ?? bars.at(-1))?.from ?? 0
}
