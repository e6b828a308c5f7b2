import type { ExportFormat, HistoryFilter } from '../../../shared/model/history.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { LongReads } from '../store/long-reads.js'
import type { PlacedEntry } from '../store/queries/history-step.js'
import { writePiece } from './export-document.js'
import { type HistoryPlace, NEWEST, searchHistory } from './history.js'

/** From where a piece goes on: for a filter, or in a list of ids. */
export type ExportPlace = HistoryPlace | { readonly index: number }

export interface ExportRequest {
  readonly format: ExportFormat
  readonly filter: HistoryFilter
  readonly taskIds: readonly string[] | undefined
  /** Null at the beginning. */
  readonly place: ExportPlace | null
  readonly limit: number
}

export interface ExportPiece {
  readonly text: string
  readonly count: number
  readonly next: ExportPlace | null
}

/** One piece of a document, never larger than some megabytes, however much there is to write. */
export async function exportHistory(
  reads: LongReads,
  request: ExportRequest,
  signal: AbortSignal,
): Promise<ExportPiece> {
  const page = await pageOf(reads, request, signal)
  signal.throwIfAborted()
  const wanted = page.entries.map(({ entry }) => {
    return entry.kind === 'task'
      ? { kind: entry.kind, id: entry.taskId }
      : { kind: entry.kind, id: entry.messageId }
  })
  const texts = await reads.read('texts', wanted)
  // Long texts end a piece early; the next one goes on behind its last entry.
  const isCut = texts.length < page.entries.length
  const taken = page.entries.slice(0, texts.length)
  const next = isCut ? page.placeAfter(taken) : page.next
  const entries = taken.map(({ entry }, index) => ({ entry, texts: texts[index] ?? null }))
  const piece = { entries, isFirst: request.place === null, isLast: next === null }
  return { text: writePiece(request.format, piece), count: entries.length, next }
}

interface ExportPage {
  readonly entries: readonly PlacedEntry[]
  readonly next: ExportPlace | null
  placeAfter(taken: readonly PlacedEntry[]): ExportPlace
}

async function pageOf(
  reads: LongReads,
  { filter, taskIds, place, limit }: ExportRequest,
  signal: AbortSignal,
): Promise<ExportPage> {
  if (taskIds !== undefined) {
    const start = place !== null && 'index' in place ? place.index : 0
    const ids = taskIds.slice(start, start + limit)
    const found = await reads.read('tasks', ids)
    const missing = ids[found.indexOf(null)]
    if (missing !== undefined) throw new AppError('not_found', `there is no task ${missing}`)
    const end = start + ids.length
    return {
      entries: found.filter((entry) => entry !== null),
      next: end >= taskIds.length ? null : { index: end },
      placeAfter: (taken) => ({ index: start + taken.length }),
    }
  }
  let from = place !== null && !('index' in place) ? place : NEWEST
  let { entries, next } = await searchHistory(reads, { filter, place: from, limit }, signal)
  // A piece has at least one entry, or is the last.
  while (entries.length === 0 && next !== null) {
    from = next
    ;({ entries, next } = await searchHistory(reads, { filter, place: from, limit }, signal))
  }
  return { entries, next, placeAfter: (taken) => placeBehind(from, taken) }
}

function placeBehind(from: HistoryPlace, taken: readonly PlacedEntry[]): HistoryPlace {
  const lastOf = (kind: 'task' | 'message') =>
    taken.findLast(({ entry }) => entry.kind === kind)?.ordinal ?? from[kind]
  return { task: lastOf('task'), message: lastOf('message') }
}
