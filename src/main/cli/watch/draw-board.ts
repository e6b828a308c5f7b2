import type { QueueState } from '../../../shared/model/queue.js'
import { cutToWidth } from '../display-width.js'
import type { Terminal } from '../terminal.js'
import { detailPieces, headPieces } from './draw-task.js'
import { fillRow, type Piece } from './row.js'
import type { BoardTask, BoardView } from './task-board.js'

export interface ScreenSize {
  readonly width: number
  readonly height: number
}

const TITLE = 'SMART-AGENTS BACKGROUND TASKS'
const FOOTER = "💬 You can continue chatting. I'll notify you when tasks complete."
const HINT = ' q leaves, tasks go on '
const NO_TASKS = 'No tasks yet. Start one: smart-agents execute "what is to be done" --async'
const WIDEST_BOX = 120
/** Both edges and the line of the queue; the title and the line below it; the footer. */
const FRAME_ROWS = 3
const TITLE_ROWS = 2
const FOOTER_ROWS = 2
/** Lower screens give the place of these to the tasks. */
const LOWEST = { withFrame: 5, withTitle: 8, withFooter: 14 }
/** Of the tasks that ended last, so many are shown however many others there are. */
const LAST_ENDED = 2

export function boxWidth({ width }: ScreenSize): number {
  return Math.max(2, Math.min(width, WIDEST_BOX))
}

/** The seed's box of background tasks in lines, never more nor wider than the screen. */
export function drawBoard(
  board: BoardView,
  size: ScreenSize,
  nowMs: number,
  terminal: Terminal,
): string[] {
  const { width, height } = size
  const inner = boxWidth(size) - 2
  // One column less: what follows the last column is never certain.
  const state = fillRow(queuePieces(board), Math.max(0, width - 1), terminal).trimEnd()
  if (height < LOWEST.withFrame) {
    const rows = taskRows(board, height - 1, inner, nowMs, terminal)
    const plain = rows.map((pieces) => fillRow(pieces, inner, terminal))
    return [state, ...plain].slice(0, Math.max(0, height))
  }
  const withTitle = height >= LOWEST.withTitle
  const withFooter = height >= LOWEST.withFooter
  const frame = FRAME_ROWS + (withTitle ? TITLE_ROWS : 0) + (withFooter ? FOOTER_ROWS : 0)
  const rows = taskRows(board, height - frame, inner, nowMs, terminal)
  const line = '═'.repeat(inner)
  const title = `║${fillRow([titlePiece(inner)], inner, terminal)}║`
  return [
    `╔${line}╗`,
    ...(withTitle ? [title, `╠${line}╣`] : []),
    ...rows.map((pieces) => `║${fillRow(pieces, inner, terminal)}║`),
    `╚${bottomEdge(inner)}╝`,
    state,
    ...(withFooter ? ['', cutToWidth(FOOTER, width - 1)] : []),
  ]
}

function titlePiece(inner: number): Piece {
  const left = ' '.repeat(Math.max(0, Math.floor((inner - TITLE.length) / 2)))
  return { text: left + TITLE, style: 'bold' }
}

function bottomEdge(inner: number): string {
  if (inner < HINT.length + 4) return '═'.repeat(inner)
  return `${'═'.repeat(inner - HINT.length - 2)}${HINT}══`
}

type Row = readonly Piece[]

/** Everything with room between; then without; then what fits, the rest counted. */
function taskRows(
  board: BoardView,
  capacity: number,
  inner: number,
  nowMs: number,
  terminal: Terminal,
): Row[] {
  const { queue, machine } = board
  const entry = (task: BoardTask): Row[] => [
    headPieces(task, inner, terminal),
    ...detailPieces(task, { queue, machine, nowMs, terminal }).map(detailRow),
  ]
  const tasks = [...board.running, ...board.waiting, ...board.ended]
  if (tasks.length === 0) {
    const text = board.queue === null ? '' : ` ${NO_TASKS}`
    return [[{ text }]].slice(0, Math.max(0, capacity))
  }
  const left = board.waitingCount - board.waiting.length
  // An entry takes a row at least, so that more than these are not even laid out.
  if (tasks.length <= capacity && left === 0) {
    const entries = tasks.map(entry)
    const rows = entries.reduce((sum, lines) => sum + lines.length, 0)
    if (rows + entries.length - 1 <= capacity) return spaced(entries)
    if (rows <= capacity) return entries.flat()
  }
  return cutRows(board, capacity, entry)
}

function detailRow({ text, style }: Piece): Row {
  return [{ text: '    └─ ' }, style === undefined ? { text } : { text, style }]
}

function spaced(entries: readonly Row[][]): Row[] {
  return entries.flatMap((rows, index) => (index === 0 ? rows : [[], ...rows]))
}

function cutRows(board: BoardView, capacity: number, entry: (task: BoardTask) => Row[]): Row[] {
  if (capacity <= 0) return []
  const { running, waiting, ended } = board
  const lastEnded = Math.min(ended.length, capacity >= 8 ? LAST_ENDED : 0)
  // The last row is for the count of what is not shown.
  const forEnded = capacity - 1
  const forOpen = forEnded - lastEnded
  const rows: Row[] = []
  const add = (tasks: readonly BoardTask[], end: number, mostRows: number): number => {
    let shown = 0
    for (const task of tasks) {
      if (rows.length >= end) break
      rows.push(...entry(task).slice(0, Math.min(mostRows, end - rows.length)))
      shown++
    }
    return shown
  }
  // Rather every running task in one row than some of them in three.
  const rowsEach = Math.max(1, Math.floor(forOpen / Math.max(1, running.length)))
  const runningShown = add(running, forOpen, rowsEach)
  const waitingShown = add(waiting, forOpen, Number.POSITIVE_INFINITY)
  const openLeft = runningShown + waitingShown < running.length + waiting.length
  const endedShown = add(ended, forEnded, openLeft ? 1 : Number.POSITIVE_INFINITY)
  const text = moreText([
    [running.length - runningShown, 'running'],
    [board.waitingCount - waitingShown, 'waiting'],
    [ended.length - endedShown, 'ended lately'],
  ])
  rows.push([{ text: ` ${text}`, style: 'dim' }])
  return rows
}

function moreText(counts: ReadonlyArray<readonly [count: number, word: string]>): string {
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return parts.length === 0 ? '' : `… and more: ${parts.join(', ')}`
}

/** One line on the queue and the machine. */
function queuePieces(board: BoardView): Piece[] {
  if (board.trouble !== null) return [{ text: board.trouble, style: 'yellow' }]
  const { queue } = board
  if (queue === null) return []
  const pieces: Piece[] = [
    { text: `${board.running.length} running, ${board.waitingCount} waiting` },
    ...holdPieces(queue),
    ...gaugePieces('CPU', board.machine.cpu, queue.limits.cpuThreshold),
    ...gaugePieces('memory', board.machine.memory, queue.limits.memoryThreshold),
  ]
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [{ text: ' · ' }, piece]))
}

function holdPieces(queue: QueueState): Piece[] {
  const held = queue.heldBackBy.filter((reason) => reason !== 'paused')
  const pieces: Piece[] = []
  if (queue.paused) pieces.push({ text: 'paused', style: 'yellow' })
  if (queue.draining) pieces.push({ text: 'draining', style: 'yellow' })
  if (held.length > 0) pieces.push({ text: `held back by ${held.join(', ')}`, style: 'yellow' })
  return pieces
}

/** A threshold of 100 is none. */
function gaugePieces(name: string, percent: number | null, threshold: number): Piece[] {
  if (percent === null) return []
  const value = Math.round(percent)
  const text = threshold >= 100 ? `${name} ${value} %` : `${name} ${value} of ${threshold} %`
  return percent > threshold ? [{ text, style: 'yellow' }] : [{ text }]
}
