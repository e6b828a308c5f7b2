import { z } from 'zod'
import { rankOf } from './rank.js'
import { isTerminal, type TaskState, type TaskView, tookMs } from './task.js'

/**
 * What tasks are listed by. `state`: what runs, then what waits as it will start, then what has ended, the last first.
 * `task` is the beginning of the description.
 */
export const TaskOrder = z.enum(['created', 'state', 'task', 'priority', 'duration', 'cost'])
export type TaskOrder = z.infer<typeof TaskOrder>

export interface Sort {
  readonly key: TaskOrder
  readonly descending: boolean
}

/** The order of two tasks in a list of the host; of equal ones the newest first, unless they are listed by their age. */
export function inOrder(a: TaskView, b: TaskView, { key, descending }: Sort, now: number): number {
  const way = descending ? -1 : 1
  return way * compare(a, b, key, now) || b.createdAt - a.createdAt || byText(b.id, a.id)
}

function compare(a: TaskView, b: TaskView, key: TaskOrder, now: number): number {
  switch (key) {
    case 'task':
      return byText(nameOf(a), nameOf(b))
    case 'state':
      return byState(a, b)
    case 'priority':
      return a.priority - b.priority
    case 'created':
      return a.createdAt - b.createdAt || byText(a.id, b.id)
    case 'duration':
      return ranMs(a, now) - ranMs(b, now)
    case 'cost':
      return (a.usage?.costUsd ?? 0) - (b.usage?.costUsd ?? 0)
  }
}

/** As the index has it: the first letters, capital ones of the English alphabet like small ones. */
function nameOf({ description }: TaskView): string {
  return description.slice(0, 60).replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const GROUP: Readonly<Record<TaskState, number>> = {
  running: 0,
  pending: 1,
  failed: 2,
  cancelled: 2,
  completed: 2,
}

/** Waiting ones among each other as they will start, ended ones by their end. */
function byState(a: TaskView, b: TaskView): number {
  if (a.state === 'pending' && b.state === 'pending') return inLine(a, b)
  if (isTerminal(a.state) && isTerminal(b.state)) {
    return (b.completedAt ?? b.createdAt) - (a.completedAt ?? a.createdAt)
  }
  return GROUP[a.state] - GROUP[b.state]
}

/** How long it has run, in ms; 0 before its start. A clock that was set back makes it short, not negative. */
export function ranMs(task: TaskView, now: number): number {
  const { startedAt, state } = task
  if (startedAt === undefined || state === 'pending') return 0
  return tookMs(task) ?? Math.max(0, now - startedAt)
}

export type Queued = Pick<TaskView, 'id' | 'priority' | 'attempt' | 'createdAt' | 'runAt'>

/** The order in which waiting tasks start: what ran before first, then by urgency and by how long they have waited. */
export function inLine(a: Queued, b: Queued): number {
  return rankIn(a) - rankIn(b) || byText(a.id, b.id)
}

function rankIn({ priority, attempt, createdAt, runAt }: Queued): number {
  return rankOf({ priority, attempt, createdAtMs: createdAt, runAtMs: runAt ?? null })
}
