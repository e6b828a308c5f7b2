import type { TaskId } from '../../../shared/model/ids.js'
import type { LogMatch } from '../../../shared/rpc/task.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import { selectOutput } from '../store/queries/task-output.js'
import { fold } from '../tasks/search-text.js'

/** What one step reads, and what one answer looks at, in UTF-16 units. */
const STEP = 256 * 1024
const MOST_OF_AN_ANSWER = 32 * 1024 * 1024
/** A line that is longer is looked at in pieces; one answer never holds more than a piece of it. */
const LONGEST_LINE = 64 * 1024
const SHOWN = 300

export interface LogSearch {
  readonly taskId: TaskId
  readonly query: string
  readonly sinceOffset: number
  readonly limit: number
}

export interface FoundLines {
  readonly matches: LogMatch[]
  /** Where to go on; null at the end of the log. */
  readonly nextOffset: number | null
}

/** Escape sequences of terminals: colours, cursor movements, titles. */
// The sequence is ended by a letter, or for titles by BEL.
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g

/** Looks through the output of a task in steps, so that nothing else waits for a long log. */
export async function searchLog(
  { log, clock }: { readonly log: EventLog; readonly clock: Clock },
  { taskId, query, sinceOffset, limit }: LogSearch,
  signal: AbortSignal,
): Promise<FoundLines> {
  const needle = fold(query)
  const matches: LogMatch[] = []
  let offset = sinceOffset
  const lastOffset = sinceOffset + MOST_OF_AN_ANSWER
  for (;;) {
    const text = log.query((db) => read(db, taskId, offset))
    if (text === '') return { matches, nextOffset: null }
    const atEnd = text.length < STEP
    const { lines, consumed } = wholeLines(text, atEnd)
    for (const line of lines) {
      if (matches.length === limit) return { matches, nextOffset: offset + line.start }
      const found = excerptOf(line.text, needle)
      if (found !== null) matches.push({ offset: offset + line.start, text: found })
    }
    offset += consumed
    if (atEnd) return { matches, nextOffset: null }
    if (offset >= lastOffset) return { matches, nextOffset: offset }
    await new Promise<void>((resolve) => {
      clock.schedule(0, resolve)
    })
    signal.throwIfAborted()
  }
}

function read(db: Parameters<typeof selectOutput>[0], taskId: TaskId, offset: number): string {
  const chunks = selectOutput(db, taskId, offset, STEP)
  return chunks.map((chunk) => chunk.text.slice(Math.max(0, offset - chunk.offset))).join('')
}

interface Piece {
  readonly start: number
  readonly text: string
}

/** The lines that are whole in a text, and how much of it they are; a very long one counts as several. */
function wholeLines(text: string, atEnd: boolean): { lines: Piece[]; consumed: number } {
  const lines: Piece[] = []
  let start = 0
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    if (end < 0 && !atEnd && text.length - start < LONGEST_LINE) break
    const lineEnd = Math.min(end < 0 ? text.length : end, start + LONGEST_LINE)
    lines.push({ start, text: text.slice(start, lineEnd) })
    start = lineEnd === end ? lineEnd + 1 : lineEnd
  }
  return { lines, consumed: start }
}

/** What is shown of a line with the text in it; null for one without. */
function excerptOf(line: string, needle: string): string | null {
  const plain = line.replaceAll(ESCAPES, '').trimEnd()
  const at = fold(plain).indexOf(needle)
  if (at < 0) return null
  const from = Math.max(0, Math.min(at - SHOWN / 3, plain.length - SHOWN))
  return plain.slice(from, from + SHOWN).toWellFormed()
}
