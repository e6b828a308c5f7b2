import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskView } from '../../../shared/model/task.js'
import type { EventName, MethodName, ParamsOf, ResultOf } from '../../../shared/rpc/contract.js'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import type { Clock, Logger, Timer } from '../../core/ports.js'
import type { HostAccess } from '../host-access.js'
import {
  afterEvent,
  type DesktopState,
  MOST_RECENT,
  MOST_WAITING,
  NO_STATE,
  outdates,
  recentFrom,
  runningFrom,
  waitsFrom,
  withEnded,
} from './desktop-state.js'
import { type HeardEvent, HostClient } from './host-client.js'

/** The shell of an operating system is told at most this often. */
const PACE_MS = 300
/** After what could not be read. */
const RETRY_MS = 5_000
/** Of the tasks that run; more are only counted. */
const MOST_RUNNING = 100
/** Looked through for results that were there before this start. */
const LOOKED_THROUGH = 50

const TOPICS: readonly EventName[] = [
  'task.created',
  'task.started',
  'task.progress',
  'task.waiting',
  'task.completed',
  'task.failed',
  'task.cancelled',
  'queue.changed',
  'inbox.changed',
  'settings.changed',
  'notification.created',
  'notification.updated',
  'notification.read',
  'notification.deleted',
]

export interface DesktopFeedOptions {
  readonly access: HostAccess
  readonly clock: Clock
  readonly logger: Logger
  /** Hears each event at once, ahead of the state that it leads to. */
  readonly heard: (event: HeardEvent) => void
}

type StateListener = (state: DesktopState) => void

/** Keeps a `DesktopState` in step with the host and tells of changes, gathered, a few times per second. */
export class DesktopFeed {
  readonly #options: DesktopFeedOptions
  readonly #client: HostClient
  readonly #listeners = new Set<StateListener>()
  #state: DesktopState = NO_STATE
  #told: DesktopState = NO_STATE
  #ended = new Set<TaskId>()
  #outdated = new Set<'tasks' | 'inbox'>()
  #timer: Timer | null = null
  #isStopped = false

  constructor(options: DesktopFeedOptions) {
    this.#options = options
    const { access, clock, logger } = options
    this.#client = new HostClient({
      access,
      clock,
      logger,
      topics: TOPICS,
      load: () => this.#load(),
      heard: (event) => this.#heard(event),
      away: () => this.#become({ ...this.#state, isConnected: false }),
    })
  }

  get state(): DesktopState {
    return this.#state
  }

  start(): void {
    this.#client.start()
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
    this.#timer = null
    this.#client.stop()
    this.#listeners.clear()
  }

  /** Hears of every change, and of the state as it is. */
  follow(listener: StateListener): void {
    this.#listeners.add(listener)
    listener(this.#told)
  }

  /** @throws AppError with the host's code; `cancelled` while there is no connection */
  call<M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> {
    return this.#client.call(method, params)
  }

  async #load(): Promise<void> {
    const call = this.#client.call.bind(this.#client)
    const [settings, queue, running, newest, inbox] = await Promise.all([
      call('settings.get', {}),
      call('queue.state', {}),
      call('task.list', { state: 'running', limit: MOST_RUNNING }),
      call('task.list', { limit: LOOKED_THROUGH }),
      call('inbox.list', { limit: MOST_WAITING }),
    ])
    this.#become({
      isConnected: true,
      isPaused: queue.paused,
      runningCount: queue.runningCount,
      waitingCount: queue.pendingCount,
      running: runningFrom(running.tasks),
      ...waitsFrom(inbox.counts, inbox.items),
      recent: recentFrom(newest.tasks),
      preferences: settings.preferences,
    })
  }

  #heard(event: HeardEvent): void {
    this.#options.heard(event)
    const outdated = outdates(event)
    if (outdated !== null) this.#outdated.add(outdated)
    const { name } = event
    if (name === 'task.completed' || name === 'task.failed' || name === 'task.cancelled') {
      this.#ended.add(event.params.taskId)
    }
    this.#become(afterEvent(this.#state, event))
  }

  #become(state: DesktopState): void {
    this.#state = state
    if (state !== this.#told || this.#outdated.size > 0) this.#flushIn(PACE_MS)
  }

  #flushIn(delayMs: number): void {
    this.#timer ??= this.#options.clock.schedule(delayMs, () => void this.#flush())
  }

  /** Never rejects: what could not be read stays outdated, and is read again. */
  async #flush(): Promise<void> {
    const outdated = this.#outdated
    let delayMs = PACE_MS
    try {
      if (this.#state.isConnected) {
        this.#outdated = new Set()
        if (outdated.has('tasks')) await this.#readTasks()
        if (outdated.has('inbox')) await this.#readInbox()
      }
    } catch (error) {
      const reason = messageOf(error)
      this.#options.logger.warn({ reason }, 'the tray is behind; trying again')
      for (const what of outdated) this.#outdated.add(what)
      delayMs = RETRY_MS
    }
    this.#timer = null
    if (this.#isStopped) return
    this.#tell()
    // What came while it was read, or could not be read.
    if (this.#outdated.size > 0 && this.#state.isConnected) this.#flushIn(delayMs)
  }

  async #readTasks(): Promise<void> {
    const newest = [...this.#ended].slice(-MOST_RECENT)
    const [queue, running, ...ended] = await Promise.all([
      this.#client.call('queue.state', {}),
      this.#client.call('task.list', { state: 'running', limit: MOST_RUNNING }),
      ...newest.map((taskId) => this.#taskOf(taskId)),
    ])
    for (const taskId of newest) this.#ended.delete(taskId)
    const tasks = ended.filter((task) => task !== null)
    this.#state = {
      ...this.#state,
      isPaused: queue.paused,
      runningCount: queue.runningCount,
      waitingCount: queue.pendingCount,
      running: runningFrom(running.tasks),
      recent: withEnded(this.#state.recent, tasks),
    }
  }

  /** Null for one that was removed meanwhile. */
  async #taskOf(taskId: TaskId): Promise<TaskView | null> {
    try {
      return (await this.#client.call('task.get', { taskId })).task
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return null
      throw error
    }
  }

  async #readInbox(): Promise<void> {
    const { counts, items } = await this.#client.call('inbox.list', { limit: MOST_WAITING })
    this.#state = { ...this.#state, ...waitsFrom(counts, items) }
  }

  #tell(): void {
    if (this.#state === this.#told) return
    this.#told = this.#state
    for (const listener of this.#listeners) {
      try {
        listener(this.#told)
      } catch (error) {
        this.#options.logger.error({ error }, 'a part of the desktop was not brought up to date')
      }
    }
  }
}
