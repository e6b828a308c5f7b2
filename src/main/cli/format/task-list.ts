import type { TaskState, TaskView } from '../../../shared/model/task.js'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { Terminal } from '../terminal.js'
import { formatAgo } from './duration.js'
import { STATE_WORDS, waitingText } from './task-status.js'

const MARKS = { completed: '✅', failed: '❌', cancelled: '🚫' } as const
/** A description is never shortened below this, however narrow the terminal. */
const SHORTEST_DESCRIPTION = 20

/** Tasks in one state, and whether there are more of them than are shown. */
export interface TaskGroup {
  readonly state: TaskState
  readonly tasks: readonly TaskView[]
  readonly hasMore: boolean
}

/** `Running (2):` and a line for each task. */
export function groupLines(group: TaskGroup, terminal: Terminal, nowMs: number): string[] {
  const count = `${group.tasks.length}${group.hasMore ? '+' : ''}`
  const heading = terminal.style('bold', `${STATE_WORDS[group.state]} (${count}):`)
  return [heading, ...group.tasks.map((task) => taskLine(task, terminal, nowMs))]
}

function taskLine(task: TaskView, terminal: Terminal, nowMs: number): string {
  const start = `  - ${task.id}: `
  const remark = ` (${remarkOf(task, terminal, nowMs)})`
  const description = terminal.foreignLine(task.description)
  // Pipes get everything; a terminal gets one row per task where that is possible.
  const room = terminal.isInteractive
    ? Math.max(SHORTEST_DESCRIPTION, terminal.width - start.length - remark.length - 1)
    : Number.POSITIVE_INFINITY
  return start + truncate(description, room) + terminal.style('dim', remark)
}

function remarkOf(task: TaskView, terminal: Terminal, nowMs: number): string {
  switch (task.state) {
    case 'running':
      return `${Math.round(task.progress)}%`
    case 'pending':
      return task.waitingFor ? `waiting: ${waitingText(task.waitingFor, terminal)}` : 'waiting'
    default: {
      const ago = task.completedAt === undefined ? '' : ` ${formatAgo(task.completedAt, nowMs)}`
      const code = task.error ? `, ${task.error.code}` : ''
      return `${MARKS[task.state]}${ago}${code}`
    }
  }
}
