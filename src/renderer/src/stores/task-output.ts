import { create } from 'zustand'
import type { TaskId } from '../../../shared/model/ids.js'
import { ANSI_START, type AnsiState, type Line, readAnsi, textOfLines } from './ansi.js'
import type { HostEvent } from './host-event.js'

/** More lines than this are not kept on screen; the host keeps the whole log. */
export const MAX_LINES = 20_000

/** Where a line of those that are kept begins in the log. */
interface Mark {
  readonly line: number
  /** UTF-16 units of the whole log. */
  readonly offset: number
}

/** A stretch of the output of the one task that is looked at: mostly its end. */
export interface TaskOutput {
  readonly taskId: TaskId
  readonly lines: readonly Line[]
  readonly ansi: AnsiState
  /** Of some lines, the first among them, in order. */
  readonly marks: readonly Mark[]
  /** Where the next text belongs, in UTF-16 units of the whole log. */
  readonly nextOffset: number
  /** True when the host has text from `nextOffset` on that did not come by itself. */
  readonly behind: boolean
  /** Whether something was among it that is no text. */
  readonly hasBinary: boolean
  /** False for a stretch that does not reach to the end: what is printed now does not belong to it. */
  readonly live: boolean
  /** Where the last change was: lines that come or go at the start must not move what is read. */
  readonly changedAt: 'start' | 'end'
}

export interface TaskOutputState {
  readonly output: TaskOutput | null
}

export const useTaskOutput = create<TaskOutputState>(() => ({ output: null }))

/** Nothing of a log yet; what is read first is put at `offset`. */
export function emptyOutput(taskId: TaskId, offset = 0): TaskOutput {
  return {
    taskId,
    lines: [],
    ansi: ANSI_START,
    marks: [{ line: 0, offset }],
    nextOffset: offset,
    behind: true,
    hasBinary: false,
    live: true,
    changedAt: 'end',
  }
}

/** Whether a text holds what stands for bytes that the host could not read as UTF-8. */
export function isPartlyBinary(text: string): boolean {
  return text.includes('\uFFFD')
}

/** Where what is kept begins in the log; what is before it is still with the host. */
export function firstOffset({ marks }: TaskOutput): number {
  return marks[0]?.offset ?? 0
}

export function reduceTaskOutput(state: TaskOutputState, event: HostEvent): TaskOutputState {
  const { output } = state
  if (output === null || !output.live || event.name !== 'task.output') return state
  if (event.params.taskId !== output.taskId) return state
  const next = withText(output, event.params.offset, event.params.text)
  return next === output ? state : { output: next }
}

/** Puts text at its offset: what is known already is skipped, a gap is marked and left alone. */
export function withText(output: TaskOutput, offset: number, text: string): TaskOutput {
  if (offset > output.nextOffset) return output.behind ? output : { ...output, behind: true }
  const fresh = text.slice(output.nextOffset - offset)
  return fresh.length === 0 ? output : appended(output, fresh)
}

/** Lines between two marks. */
const MARK_EVERY = 200

function appended(output: TaskOutput, text: string): TaskOutput {
  const lines = [...output.lines]
  const marks = [...output.marks]
  let { ansi } = output
  let start = 0
  while (start < text.length) {
    const isLineStart = ansi.line.length === 0 && ansi.pending === ''
    if (isLineStart && lines.length - (marks.at(-1)?.line ?? 0) >= MARK_EVERY) {
      marks.push({ line: lines.length, offset: output.nextOffset + start })
    }
    const end = afterLines(text, start, start === 0 ? 1 : MARK_EVERY)
    const read = readAnsi(ansi, text.slice(start, end))
    for (const line of read.lines) lines.push(line)
    ansi = read.state
    start = end
  }
  const nextOffset = output.nextOffset + text.length
  const hasBinary = output.hasBinary || isPartlyBinary(text)
  return { ...output, lines, marks, ansi, nextOffset, hasBinary, changedAt: 'end' }
}

/** Where so many lines end, or the text. */
function afterLines(text: string, start: number, count: number): number {
  let end = start
  for (let line = 0; line < count; line += 1) {
    const newline = text.indexOf('\n', end)
    if (newline < 0) return text.length
    end = newline + 1
  }
  return end
}

/** Puts before the rest what was read of the log up to where it begins; `text` ends there. */
export function withOlder(output: TaskOutput, offset: number, text: string): TaskOutput {
  const whole = fromLineStart(offset, text)
  const older = appended(emptyOutput(output.taskId, whole.offset), whole.text)
  const moved = output.marks.map((mark) => ({ ...mark, line: mark.line + older.lines.length }))
  return {
    ...output,
    lines: [...older.lines, ...output.lines],
    marks: [...older.marks.filter(({ line }) => line < older.lines.length), ...moved],
    hasBinary: output.hasBinary || older.hasBinary,
    changedAt: 'start',
  }
}

/** Lets go of what is too much, on the side away from where the last lines came. */
export function trimmed(output: TaskOutput): TaskOutput {
  const excess = output.lines.length - MAX_LINES
  if (excess <= 0) return output
  return output.changedAt === 'start' ? withoutEnd(output) : withoutStart(output, excess)
}

/** Without the oldest lines, up to one of which it is known where it begins. */
function withoutStart(output: TaskOutput, excess: number): TaskOutput {
  const from = output.marks.find(({ line }) => line >= excess)
  if (from === undefined) return output
  const marks = output.marks.filter(({ line }) => line >= from.line)
  return {
    ...output,
    lines: output.lines.slice(from.line),
    marks: marks.map(({ line, offset }) => ({ line: line - from.line, offset })),
    changedAt: 'start',
  }
}

/** Without the newest lines, which are read again when the reader comes near them. */
function withoutEnd(output: TaskOutput): TaskOutput {
  const to = output.marks.findLast(({ line }) => line > 0 && line <= MAX_LINES)
  if (to === undefined) return output
  return {
    ...output,
    lines: output.lines.slice(0, to.line),
    marks: output.marks.filter(({ line }) => line < to.line),
    ansi: ANSI_START,
    nextOffset: to.offset,
    behind: false,
    live: false,
    changedAt: 'end',
  }
}

/** A piece of a log that begins anywhere, from its first whole line on. */
export function fromLineStart(
  offset: number,
  text: string,
): { readonly offset: number; readonly text: string } {
  if (offset === 0) return { offset, text }
  const start = text.indexOf('\n') + 1
  return { offset: offset + start, text: text.slice(start) }
}

/**
 * Says whether the log has to be read on, as after a lost connection. A stretch that does not reach to the end stays as
 * it is: what follows it is somewhere else.
 */
export function marked(behind: boolean): (state: TaskOutputState) => TaskOutputState {
  return ({ output }) => ({ output: output?.live ? { ...output, behind } : output })
}

/** All lines, the unfinished one included, as they are shown. */
export function shownLines(output: TaskOutput): readonly Line[] {
  return output.ansi.line.length > 0 ? [...output.lines, output.ansi.line] : output.lines
}

export function plainText(output: TaskOutput): string {
  return textOfLines(shownLines(output))
}
