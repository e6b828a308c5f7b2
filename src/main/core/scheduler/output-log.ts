import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Logger, Timer } from '../ports.js'
import { insertOutput } from '../store/queries/task-output.js'

const FLUSH_AFTER_MS = 50
const FLUSH_AT_LENGTH = 64 * 1024
const RETRY_AFTER_MS = 1000
/** What is held back at most while nothing can be stored (a full disk); the oldest part goes. */
const LONGEST_BACKLOG = 1024 * 1024

/**
 * Collects a task's output and stores it in pieces, so that a chatty process costs some twenty
 * commits a second and not one per write. Listeners hear of a piece once it is stored.
 */
export class OutputLog {
  readonly #log: EventLog
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #task: { readonly id: TaskId; readonly conversationId: ConversationId | null }
  #offset: number
  #buffer = ''
  #timer: Timer | null = null
  #closed = false

  constructor(
    log: EventLog,
    clock: Clock,
    logger: Logger,
    task: { readonly id: TaskId; readonly conversationId: ConversationId | null },
    offset: number,
  ) {
    this.#log = log
    this.#clock = clock
    this.#logger = logger
    this.#task = task
    this.#offset = offset
  }

  write(text: string): void {
    if (this.#closed || text === '') return
    this.#buffer += text
    if (this.#buffer.length >= FLUSH_AT_LENGTH) this.flush()
    else this.#timer ??= this.#clock.schedule(FLUSH_AFTER_MS, () => this.flush())
  }

  flush(): void {
    this.#timer?.cancel()
    this.#timer = null
    if (this.#buffer === '') return
    const text = this.#buffer
    const offset = this.#offset
    try {
      this.#log.transaction(({ db }) => insertOutput(db, this.#task.id, offset, text))
    } catch (error) {
      this.#logger.warn({ error, taskId: this.#task.id }, 'output could not be stored yet')
      this.#buffer = text.slice(-LONGEST_BACKLOG)
      if (!this.#closed) this.#timer = this.#clock.schedule(RETRY_AFTER_MS, () => this.flush())
      return
    }
    this.#buffer = ''
    this.#offset += text.length
    const { id, conversationId } = this.#task
    this.#log.live('task.output', {
      taskId: id,
      ...(conversationId === null ? {} : { conversationId }),
      offset,
      text,
    })
  }

  /** Stores the rest; later writes are dropped. */
  close(): void {
    this.#closed = true
    this.flush()
  }
}
