import { isTerminal, type TaskAttempt } from '../../../shared/model/task.js'
import type { WriteDb } from '../store/database.js'
import { type AttemptStretch, selectAttempts } from '../store/queries/attempts.js'
import { selectOutput, selectOutputEnd } from '../store/queries/task-output.js'
import type { TaskOverview, TaskRecord } from '../tasks/task-record.js'
import { isStretchClosed } from './task-lifecycle.js'

/** Output that one answer holds, in UTF-16 units: about this much, or what there is. */
const LOG_PAGE = 256 * 1024

export interface TaskLogPage {
  readonly text: string
  readonly offset: number
  readonly nextOffset: number
  readonly complete: boolean
}

/** A page of what a task has put out, from `sinceOffset` on (UTF-16 units). */
export function readLog(db: WriteDb, { id, state }: TaskRecord, sinceOffset: number): TaskLogPage {
  const chunks = selectOutput(db, id, sinceOffset, LOG_PAGE)
  const whole = chunks.map((chunk) => chunk.text).join('')
  const first = chunks[0]?.offset ?? sinceOffset
  const text = whole.slice(Math.max(0, sinceOffset - first))
  const nextOffset = sinceOffset + text.length
  const complete = isTerminal(state) && nextOffset >= selectOutputEnd(db, id)
  return { text, offset: sinceOffset, nextOffset, complete }
}

/** The last `characters` of it (UTF-16 units), and where they begin: a long log is looked at from its end. */
export function readLogEnd(db: WriteDb, task: TaskRecord, characters: number): TaskLogPage {
  const end = selectOutputEnd(db, task.id)
  const offset = Math.max(0, end - characters)
  const text = selectOutput(db, task.id, offset, characters)
    .map((chunk) => chunk.text.slice(Math.max(0, offset - chunk.offset)))
    .join('')
  return { text, offset, nextOffset: offset + text.length, complete: isTerminal(task.state) }
}

/** Every stretch of every attempt, oldest first; each ends in the log where the next one begins. */
export function readAttempts(db: WriteDb, task: TaskOverview, nowMs: number): TaskAttempt[] {
  const logEnd = selectOutputEnd(db, task.id)
  return readStretches(db, task, nowMs).map((entry, index, all) => ({
    ...entry,
    logEnd: all[index + 1]?.logOffset ?? logEnd,
  }))
}

/** The same without what they put out. */
export function readStretches(db: WriteDb, task: TaskOverview, nowMs: number): AttemptStretch[] {
  const all = selectAttempts(db, task.id, nowMs)
  const { state, attempt, stretchStartedAtMs: startedAt, completedAtMs: endedAt, error } = task
  // The last stretch stands with the task.
  if (startedAt !== null && state !== 'pending' && !isStretchClosed(db, task)) {
    const outcome = state === 'running' ? null : state
    all.push({ attempt, startedAt, endedAt, outcome, error, logOffset: task.stretchLogOffset })
  }
  return all
}
