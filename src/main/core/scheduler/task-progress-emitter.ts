import { EventEmitter } from 'node:events'
import type { TaskId } from '../../../shared/model/ids.js'
import type { ProgressUpdate, TaskError, TaskResult } from '../../../shared/model/task.js'
import type { DurableEvent } from '../../../shared/rpc/contract.js'
import type { EventSource } from '../events/event-source.js'
import type { Logger } from '../ports.js'

export type TaskProgress = ProgressUpdate & { readonly taskId: TaskId }
export interface TaskCompletion {
  readonly taskId: TaskId
  readonly result: TaskResult
}
export interface TaskFailure extends TaskCompletion {
  readonly error: TaskError
}

type Listener = (...payload: unknown[]) => void

/**
 * Progress and ends of tasks as plain events (SEEDS B5): `progress` and `progress:<id>`, `complete` and
 * `complete:<id>`; and for those that fail or are cancelled `failed` and `cancelled`, with `:<id>`.
 * It speaks of what is committed, in order. A listener that throws is logged and harms nobody.
 */
export class TaskProgressEmitter {
  readonly #emitter = new EventEmitter({ captureRejections: false })
  readonly #logger: Logger
  readonly #leave: () => void

  constructor(events: EventSource, logger: Logger) {
    this.#logger = logger
    this.#emitter.setMaxListeners(0)
    this.#leave = events.subscribe({ durable: (event) => this.#tell(event), live: () => undefined })
  }

  on(name: string, listener: (payload: never) => void): this {
    this.#emitter.on(name, listener as Listener)
    return this
  }

  off(name: string, listener: (payload: never) => void): this {
    this.#emitter.off(name, listener as Listener)
    return this
  }

  onProgress(taskId: TaskId, listener: (update: ProgressUpdate) => void): this {
    return this.on(`progress:${taskId}`, listener)
  }

  onComplete(taskId: TaskId, listener: (result: TaskResult) => void): this {
    return this.on(`complete:${taskId}`, listener)
  }

  close(): void {
    this.#leave()
    this.#emitter.removeAllListeners()
  }

  #tell(event: DurableEvent): void {
    switch (event.name) {
      case 'task.progress': {
        const { taskId, timestamp, step, progress, message, metadata } = event.payload
        const update: ProgressUpdate = {
          timestamp,
          step,
          progress,
          message,
          ...(metadata === undefined ? {} : { metadata }),
        }
        this.#emit(`progress:${taskId}`, update)
        this.#emit('progress', { taskId, ...update } satisfies TaskProgress)
        break
      }
      case 'task.completed': {
        const { taskId, result } = event.payload
        this.#emit(`complete:${taskId}`, result)
        this.#emit('complete', { taskId, result } satisfies TaskCompletion)
        break
      }
      case 'task.failed':
      case 'task.cancelled': {
        const { taskId, result, error } = event.payload
        const name = event.name === 'task.failed' ? 'failed' : 'cancelled'
        const failure: TaskFailure = { taskId, result, error }
        this.#emit(`${name}:${taskId}`, failure)
        this.#emit(name, failure)
        break
      }
      default:
    }
  }

  /** One listener at a time, so that the ones behind a faulty one are told as well. */
  #emit(name: string, payload: unknown): void {
    for (const listener of this.#emitter.listeners(name)) {
      try {
        listener(payload)
      } catch (error) {
        this.#logger.error({ error, name }, 'a listener of task progress threw')
      }
    }
  }
}
