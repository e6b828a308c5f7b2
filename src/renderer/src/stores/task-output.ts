import { create } from 'zustand'
import type { TaskId } from '../../../shared/model/ids.js'
import { ANSI_START, type AnsiState, type Line, readAnsi, textOfLines } from './ansi.js'
import type { HostEvent } from './host-event.js'

/** More lines than this are not kept on screen; the host keeps the whole log. */
export const MAX_LINES = 20_000

/** The output of the one task that is looked at. */
export interface TaskOutput {
  readonly taskId: TaskId
  readonly lines: readonly Line[]
  readonly ansi: AnsiState
  /** Lines that fell off the top. */
  readonly dropped: number
  /** Where the next text belongs, in UTF-16 units of the whole log. */
  readonly nextOffset: number
  /** True when the host has text from `nextOffset` on that did not come by itself. */
  readonly behind: boolean
}

export interface TaskOutputState {
  readonly output: TaskOutput | null
}

export const useTaskOutput = create<TaskOutputState>(() => ({ output: null }))

export function emptyOutput(taskId: TaskId): TaskOutput {
  return { taskId, lines: [], ansi: ANSI_START, dropped: 0, nextOffset: 0, behind: true }
}

export function reduceTaskOutput(state: TaskOutputState, event: HostEvent): TaskOutputState {
  const { output } = state
  if (output === null || event.name !== 'task.output') return state
  if (event.params.taskId !== output.taskId) return state
  const next = withText(output, event.params.offset, event.params.text)
  return next === output ? state : { output: next }
}

/** Puts text at its offset: what is known already is skipped, a gap is marked and left alone. */
export function withText(output: TaskOutput, offset: number, text: string): TaskOutput {
  if (offset > output.nextOffset) return output.behind ? output : { ...output, behind: true }
  const fresh = text.slice(output.nextOffset - offset)
  if (fresh.length === 0) return output
  const { lines, state } = readAnsi(output.ansi, fresh)
  const all = lines.length > 0 ? [...output.lines, ...lines] : output.lines
  const excess = Math.max(0, all.length - MAX_LINES)
  return {
    ...output,
    lines: excess > 0 ? all.slice(excess) : all,
    ansi: state,
    dropped: output.dropped + excess,
    nextOffset: output.nextOffset + fresh.length,
  }
}

/** Says whether the log has to be read on, as after a lost connection. */
export function marked(behind: boolean): (state: TaskOutputState) => TaskOutputState {
  return (state) => ({ output: state.output && { ...state.output, behind } })
}

/** All lines, the unfinished one included, as they are shown. */
export function shownLines(output: TaskOutput): readonly Line[] {
  return output.ansi.line.length > 0 ? [...output.lines, output.ansi.line] : output.lines
}

export function plainText(output: TaskOutput): string {
  return textOfLines(shownLines(output))
}
