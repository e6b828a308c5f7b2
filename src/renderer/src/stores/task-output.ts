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
  /** Where the line that is not finished begins. */
  readonly lineOffset: number
  /** Where the next text belongs, in UTF-16 units of the whole log. */
  readonly nextOffset: number
  /** True when the host has text from `nextOffset` on that did not come by itself. */
  readonly behind: boolean
  /** False for a stretch that does not reach to the end: what is printed now does not belong to it. */
  readonly live: boolean
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
    lineOffset: offset,
    nextOffset: offset,
    behind: true,
    live: true,
  }
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

/** Lines between two marks; a piece of output is often shorter. */
const MARK_EVERY = 200

/** Puts text at its offset: what is known already is skipped, a gap is marked and left alone. */
export function withText(output: TaskOutput, offset: number, text: string): TaskOutput {
  if (offset > output.nextOffset) return output.behind ? output : { ...output, behind: true }
  const fresh = text.slice(output.nextOffset - offset)
  if (fresh.length === 0) return output
  const { lines, state } = readAnsi(output.ansi, fresh)
  const all = lines.length > 0 ? [...output.lines, ...lines] : output.lines
  const newline = fresh.lastIndexOf('\n')
  const begun = output.lines.length
  const isFar = begun - (output.marks.at(-1)?.line ?? 0) >= MARK_EVERY
  const marks = isFar ? [...output.marks, { line: begun, offset: output.lineOffset }] : output.marks
  return withoutExcess({
    ...output,
    lines: all,
    marks,
    ansi: state,
    lineOffset: newline < 0 ? output.lineOffset : output.nextOffset + newline + 1,
    nextOffset: output.nextOffset + fresh.length,
  })
}

/** Lets go of the oldest lines, up to one of which it is known where it begins. */
function withoutExcess(output: TaskOutput): TaskOutput {
  const excess = output.lines.length - MAX_LINES
  const from = excess > 0 ? output.marks.find(({ line }) => line >= excess) : undefined
  if (from === undefined) return output
  const marks = output.marks.filter(({ line }) => line >= from.line)
  return {
    ...output,
    lines: output.lines.slice(from.line),
    marks: marks.map(({ line, offset }) => ({ line: line - from.line, offset })),
  }
}

/** Puts before the rest what was read of the log up to where it begins; `text` ends there. */
export function withOlder(output: TaskOutput, offset: number, text: string): TaskOutput {
  const { text: whole, offset: begin } = fromLineStart(offset, text)
  const { lines } = readAnsi(ANSI_START, whole)
  const marks = [
    { line: 0, offset: begin },
    ...output.marks.map((mark) => ({ ...mark, line: mark.line + lines.length })),
  ]
  const all = [...lines, ...output.lines]
  if (all.length <= MAX_LINES) return { ...output, lines: all, marks }
  // The reader is at the beginning: the end is let go of, and read again when it is wanted.
  const kept = marks.filter(({ line }) => line < MAX_LINES)
  return {
    ...output,
    lines: all.slice(0, MAX_LINES),
    marks: kept,
    ansi: ANSI_START,
    live: false,
    behind: false,
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
