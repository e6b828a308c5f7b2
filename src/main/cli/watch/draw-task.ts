import { type TaskState, type TaskView, tookMs } from '../../../shared/model/task.js'
import { cutToWidth, displayWidth } from '../display-width.js'
import { formatAgo, formatDuration, formatTimeOfDay } from '../format/duration.js'
import { rangeText, waitingText } from '../format/task-status.js'
import type { Terminal } from '../terminal.js'
import { type Piece, widthOf } from './row.js'
import type { BoardTask, BoardView } from './task-board.js'

/** Two columns each; the pause sign is narrow on most terminals. */
const MARKS: Readonly<Record<TaskState, string>> = {
  running: '⏳',
  pending: '⏸ ',
  completed: '✅',
  failed: '❌',
  cancelled: '⛔',
}

const ENDINGS = {
  pending: { text: 'Waiting', style: 'dim' },
  completed: { text: 'Completed', style: 'green' },
  failed: { text: 'Failed', style: 'red' },
  cancelled: { text: 'Cancelled', style: 'yellow' },
} as const

const CELLS = 5
const MINUTE_MS = 60_000
/** So much of a foreign text is looked at: more columns than any screen has. */
const LONGEST_TEXT = 1000
const MOST_BLOCKERS = 20
/** Below this the bar gives way to the description, then the id. */
const SHORTEST_DESCRIPTION = 12

export type TaskDrawing = Pick<BoardView, 'queue' | 'machine'> & {
  readonly nowMs: number
  readonly terminal: Terminal
}

/** ` ⏳ task_abc123 | Analyzing auth system       [████░] 65%`, no wider than `width`. */
export function headPieces({ view }: BoardTask, width: number, terminal: Terminal): Piece[] {
  const end = endPieces(view, true)
  const mark: Piece = { text: ` ${MARKS[view.state]} ` }
  const id: Piece = { text: `${view.id} | `, style: 'dim' }
  const room = (pieces: readonly Piece[]) => width - widthOf(pieces) - 1
  const layouts: Piece[][] = [
    [mark, id, ...end],
    [mark, id, ...endPieces(view, false)],
    [mark, ...endPieces(view, false)],
  ]
  const text = foreign(view.description, terminal)
  const wanted = Math.min(SHORTEST_DESCRIPTION, displayWidth(text))
  const layout = layouts.find((pieces) => room(pieces) >= wanted) ?? layouts.at(-1)
  const pieces = layout ?? []
  const lead = pieces.filter((piece) => piece === mark || piece === id)
  const columns = Math.max(0, room(pieces))
  const description = cutToWidth(text, columns)
  const gap = ' '.repeat(columns - displayWidth(description) + 1)
  return [...lead, { text: description + gap }, ...pieces.slice(lead.length)]
}

function endPieces(view: TaskView, withBar: boolean): Piece[] {
  if (view.state !== 'running') {
    const { text, style } = ENDINGS[view.state]
    return [{ text, style }, { text: ' ' }]
  }
  const percent = `${Math.round(view.progress)}%`
  if (!withBar) return [{ text: percent }]
  return [{ text: bar(view.progress), style: 'cyan' }, { text: ` ${percent.padStart(3)}` }]
}

/** As the seed draws it: 23 % is one cell of five and 65 % are four; five are only what is done. */
export function bar(progress: number): string {
  const full = Math.min(progress >= 100 ? CELLS : CELLS - 1, Math.floor(progress / 20 + 0.75))
  return `[${'█'.repeat(full)}${'░'.repeat(CELLS - full)}]`
}

/** What stands below the head, most telling first. */
export function detailPieces(task: BoardTask, drawing: TaskDrawing): Piece[] {
  const { view } = task
  switch (view.state) {
    case 'running':
      return runningDetails(task, drawing)
    case 'pending':
      return [{ text: `Waiting for: ${waitText(view, drawing)}` }]
    default:
      return endedDetails(view, drawing)
  }
}

function runningDetails(task: BoardTask, { terminal, nowMs }: TaskDrawing): Piece[] {
  const { view } = task
  const details: Piece[] = []
  if (view.stalled) {
    const text = foreign(view.stalled.detail.replace(/\.$/, ''), terminal)
    details.push({ text: `Stalled: ${text}`, style: 'yellow' })
  }
  if (view.currentStep) {
    details.push({ text: `Current: ${foreign(view.currentStep, terminal)}` })
  }
  const spent = (nowMs - (view.startedAt ?? view.createdAt)) / 1000
  const tries = view.attempt > 1 ? `, attempt ${view.attempt} of ${view.maxAttempts}` : ''
  const estimate = estimateText(task, nowMs)
  const running = `${formatDuration(spent)} so far${tries}`
  details.push({ text: estimate === null ? `Running: ${running}` : `${estimate}, ${running}` })
  return details
}

/** Counts down between two words of the host; null where it gave no figure. */
function estimateText({ view, asOfMs }: BoardTask, nowMs: number): string | null {
  if (view.estimatedTimeRemaining === undefined) return null
  const passed = Math.max(0, (nowMs - asOfMs) / 1000)
  const left = view.estimatedTimeRemaining - passed
  const range = view.estimatedRange
  const high = (range?.high ?? view.estimatedTimeRemaining) - passed
  if (Math.max(left, high) <= 0) return 'Est: longer than expected'
  const span = range && rangeText({ low: Math.max(0, range.low - passed), high })
  const inRange = span ? ` (${span})` : ''
  return `Est: ${formatDuration(Math.max(1, left))} remaining${inRange}`
}

function waitText(view: TaskView, { terminal, queue, machine }: TaskDrawing): string {
  const waiting = view.waitingFor
  if (waiting === undefined) return 'its turn'
  // The figures of a gauge are those of the line below, not of the moment when the task was read.
  const gauge = waiting.reason === 'cpu' || waiting.reason === 'memory' ? waiting.reason : null
  const percent = gauge === null ? null : machine[gauge]
  if (gauge !== null && percent !== null && queue !== null) {
    const threshold = queue.limits[`${gauge}Threshold`]
    const held = percent > threshold ? 'above' : 'not yet far enough below'
    return `${gauge} (${Math.round(percent)} % in use, ${held} ${threshold} %)`
  }
  // What is in the way of a limit is what runs, which is in sight.
  const blockedBy = waiting.reason === 'limit' ? [] : waiting.blockedBy?.slice(0, MOST_BLOCKERS)
  const shortened = { ...waiting, detail: waiting.detail.slice(0, LONGEST_TEXT), blockedBy }
  return `${waiting.reason} (${waitingText(shortened, terminal)})`
}

function endedDetails(view: TaskView, { terminal, nowMs }: TaskDrawing): Piece[] {
  const details: Piece[] = []
  const { completedAt = nowMs, error, missed } = view
  const took = tookMs(view)
  if (error) {
    details.push({
      text: `Error: ${error.code}: ${foreign(error.message, terminal)}`,
      style: 'red',
    })
  }
  // Seconds would only make it flicker.
  const ago = nowMs - completedAt < MINUTE_MS ? 'just now' : formatAgo(completedAt, nowMs)
  details.push({
    text:
      took === null
        ? `Never started, ended ${ago}`
        : `Duration: ${formatDuration(took / 1000)}, ended ${ago}`,
  })
  if (missed) {
    const times = [missed.scheduledAt, missed.ranAt].map((at) => formatTimeOfDay(at).slice(0, 5))
    details.push({ text: `Missed ${times[0]}, ran ${times[1]}` })
  }
  return details
}

function foreign(text: string, terminal: Terminal): string {
  return terminal.foreignLine(text.slice(0, LONGEST_TEXT))
}
