import type { TaskId } from '../../../shared/model/ids.js'
import type { MachineReading, QueueState } from '../../../shared/model/queue.js'
import { isTerminal, type TaskView } from '../../../shared/model/task.js'
import type { EventName, EventParamsOf } from '../../../shared/rpc/contract.js'

/** Ended tasks beyond these, oldest first, are forgotten. */
const KEPT_ENDED = 50

export type BoardEvent = EventParamsOf<EventName>

/** A task, and the instant at which what is said of its remaining time was right. */
export interface BoardTask {
  readonly view: TaskView
  readonly asOfMs: number
}

export interface TaskPage {
  readonly tasks: readonly TaskView[]
  readonly seq: number
}

/** What is drawn: everything that the host has told, in the order of the display. */
export interface BoardView {
  readonly running: readonly BoardTask[]
  readonly waiting: readonly BoardTask[]
  /** Newest first. */
  readonly ended: readonly BoardTask[]
  /** All that wait, also those that are not on the board. */
  readonly waitingCount: number
  readonly queue: QueueState | null
  readonly machine: MachineReading
  /** What stands between this board and the truth, such as a lost connection; null when nothing does. */
  readonly trouble: string | null
}

interface Entry extends BoardTask {
  /** `seq` of the event or page that last told of the task; older news is ignored. */
  readonly seq: number
}

/** A projection of the host's lists and of the events that follow. */
export class TaskBoard {
  readonly #entries = new Map<TaskId, Entry>()
  #queue: QueueState | null = null
  #machine: MachineReading = { cpu: null, memory: null }
  #allWaitingHere = true
  trouble: string | null = null

  /** Forgets everything: another host may tell another story. */
  clear(): void {
    this.#entries.clear()
  }

  merge(page: TaskPage, nowMs: number): void {
    for (const view of page.tasks) this.#set(view, page.seq, nowMs)
  }

  /** @param allWaitingHere whether the pages before held every task that waits */
  setQueue(queue: QueueState, allWaitingHere: boolean): void {
    this.#queue = queue
    this.#machine = queue.machine
    this.#allWaitingHere = allWaitingHere
  }

  apply(name: EventName, event: BoardEvent): void {
    if (name === 'system.machine') {
      const { cpu, memory } = event as EventParamsOf<'system.machine'>
      this.#machine = { cpu, memory }
    } else if (name === 'queue.changed') {
      this.#queue = event as EventParamsOf<'queue.changed'>
    } else if ('seq' in event && 'taskId' in event && event.taskId !== undefined) {
      this.#applyToTask(name, event.taskId, event)
    }
  }

  view(): BoardView {
    const all = [...this.#entries.values()]
    const running = all.filter(({ view }) => view.state === 'running').sort(byStart)
    const waiting = all.filter(({ view }) => view.state === 'pending').sort(byUrgency)
    const ended = all.filter(({ view }) => isTerminal(view.state)).sort(byEnd)
    for (const { view } of ended.splice(KEPT_ENDED)) this.#entries.delete(view.id)
    const waitingCount = this.#allWaitingHere
      ? waiting.length
      : Math.max(waiting.length, this.#queue?.pendingCount ?? 0)
    const { trouble } = this
    return {
      running,
      waiting,
      ended,
      waitingCount,
      queue: this.#queue,
      machine: this.#machine,
      trouble,
    }
  }

  #applyToTask(name: EventName, taskId: TaskId, event: BoardEvent & { readonly seq: number }) {
    if (name === 'task.created') {
      this.#set((event as EventParamsOf<'task.created'>).task, event.seq, event.at)
      return
    }
    const known = this.#entries.get(taskId)
    if (known === undefined) return
    const next = changed(known.view, name, event)
    // An event that says nothing of the remaining time leaves the age of the estimate as it is.
    const asOfMs = name === 'task.progress' ? event.at : known.asOfMs
    if (next !== null) this.#set(next, event.seq, asOfMs)
  }

  #set(view: TaskView, seq: number, asOfMs: number): void {
    if (seq < (this.#entries.get(view.id)?.seq ?? -1)) return
    this.#entries.set(view.id, { view, seq, asOfMs })
  }
}

/** The task as the event leaves it; null for an event that changes nothing that is drawn. */
function changed(task: TaskView, name: EventName, event: BoardEvent): TaskView | null {
  switch (name) {
    case 'task.started': {
      const { attempt, at } = event as EventParamsOf<'task.started'>
      return { ...unsettled(task), state: 'running', attempt, startedAt: at }
    }
    case 'task.progress': {
      const { estimatedTimeRemaining, estimatedRange, ...rest } = task
      const told = event as EventParamsOf<'task.progress'>
      return {
        ...rest,
        progress: told.progress,
        currentStep: told.step,
        steps: told.steps,
        ...(told.estimatedTimeRemaining === undefined
          ? {}
          : { estimatedTimeRemaining: told.estimatedTimeRemaining }),
        ...(told.estimatedRange === undefined ? {} : { estimatedRange: told.estimatedRange }),
      }
    }
    case 'task.waiting': {
      const { waitingFor } = event as EventParamsOf<'task.waiting'>
      return { ...unsettled(task), state: 'pending', waitingFor }
    }
    case 'task.updated':
      return { ...task, priority: (event as EventParamsOf<'task.updated'>).priority }
    case 'task.stalled': {
      const { stalled: before, ...rest } = task
      const { stalled } = event as EventParamsOf<'task.stalled'>
      return stalled === null ? rest : { ...rest, stalled }
    }
    case 'task.completed': {
      const ended = endOf(event as EventParamsOf<'task.completed'>)
      return { ...unsettled(task), ...ended, state: 'completed', progress: 100 }
    }
    case 'task.failed':
    case 'task.cancelled': {
      const failed = event as EventParamsOf<'task.failed'>
      const state = name === 'task.failed' ? 'failed' : 'cancelled'
      return { ...unsettled(task), ...endOf(failed), state, error: failed.error }
    }
    default:
      return null
  }
}

function endOf({ at, result }: EventParamsOf<'task.completed' | 'task.failed'>) {
  return { completedAt: at, runningMs: result.metrics.duration * 1000 }
}

/** Without what only held in the state before. */
function unsettled(task: TaskView): TaskView {
  const {
    waitingFor,
    stalled,
    estimatedTimeRemaining,
    estimatedRange,
    currentStep,
    completedAt,
    error,
    ...rest
  } = task
  return rest
}

function byStart(a: BoardTask, b: BoardTask): number {
  return (a.view.startedAt ?? a.view.createdAt) - (b.view.startedAt ?? b.view.createdAt)
}

/** What may start next first, then what waits for its time. */
function byUrgency({ view: a }: BoardTask, { view: b }: BoardTask): number {
  const [atA, atB] = [startTime(a), startTime(b)]
  if (atA !== atB) return atA - atB
  return b.priority - a.priority || a.createdAt - b.createdAt
}

function startTime({ waitingFor, runAt = 0 }: TaskView): number {
  return waitingFor?.reason === 'schedule' ? runAt : 0
}

function byEnd(a: BoardTask, b: BoardTask): number {
  return (b.view.completedAt ?? b.view.createdAt) - (a.view.completedAt ?? a.view.createdAt)
}
