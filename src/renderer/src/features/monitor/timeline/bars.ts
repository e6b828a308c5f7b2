import type { TimelineEntry } from '../../../../../shared/rpc/task.js'

/** A piece of a task on the timeline, as parts of the span from its left edge: 0 to 1. */
export interface Bar {
  readonly kind: 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled'
  readonly from: number
  readonly to: number
}

export interface Span {
  /** Epoch ms. */
  readonly since: number
  readonly until: number
}

/** Shorter than this no picture is; its ticks tell minutes. */
const SHORTEST_MS = 5 * 60_000

/** What is drawn of a span that ends now: from where the first of the tasks came, since there is nothing to see before. */
export function spanOf(entries: readonly TimelineEntry[], until: number, longestMs: number): Span {
  const first = entries.reduce((least, { task }) => Math.min(least, task.createdAt), until)
  // Some room, so that the first is not glued to the edge.
  const wanted = (until - first) * 1.05
  return { since: until - Math.min(longestMs, Math.max(SHORTEST_MS, wanted)), until }
}

/**
 * How a task stands on the timeline: it waits until it runs, between its stretches, and after them while it is pending.
 * What lies outside of the span is cut off. A clock that was set back makes a piece short, never negative.
 */
export function barsOf({ task, stretches }: TimelineEntry, span: Span): readonly Bar[] {
  const bars: Bar[] = []
  let at = task.createdAt
  const add = (kind: Bar['kind'], from: number, to: number) => {
    const bar = cut(kind, from, to, span)
    if (bar !== null) bars.push(bar)
  }
  for (const stretch of stretches) {
    add('waiting', at, stretch.startedAt)
    const end = stretch.endedAt ?? span.until
    add(kindOf(stretch.outcome), stretch.startedAt, end)
    at = Math.max(stretch.startedAt, end)
  }
  if (task.state === 'pending') add('waiting', at, span.until)
  else if (stretches.length === 0) add('waiting', at, task.completedAt ?? span.until)
  return bars
}

function kindOf(outcome: string | null): Bar['kind'] {
  if (outcome === null) return 'running'
  if (outcome === 'completed' || outcome === 'failed' || outcome === 'cancelled') return outcome
  // It went on later: what it did until then was neither the end nor a failure of the task.
  return 'running'
}

function cut(kind: Bar['kind'], from: number, to: number, { since, until }: Span): Bar | null {
  const length = until - since
  const left = Math.max(from, since)
  const right = Math.min(to, until)
  if (length <= 0 || right < left || to < since || from > until) return null
  return { kind, from: (left - since) / length, to: (right - since) / length }
}

const STEPS_MS = [1, 5, 15, 60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400].map(
  (seconds) => seconds * 1000,
)
const MOST_TICKS = 8

/** Round instants within the span, few enough to be read. */
export function ticksOf({ since, until }: Span): readonly number[] {
  const step = STEPS_MS.find((ms) => (until - since) / ms <= MOST_TICKS) ?? 86_400_000
  const ticks: number[] = []
  for (let at = Math.ceil(since / step) * step; at <= until; at += step) ticks.push(at)
  return ticks
}
