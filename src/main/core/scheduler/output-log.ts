import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { EventLog, Transaction } from '../events/event-log.js'
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
  /** The last try to store failed: only the timer tries again, since each try may take its time. */
  #failing = false
  /** Characters before the buffer that were given up. */
  #lost = 0

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

  /** What listeners and readers of the log do not have yet. */
  get unstored(): string {
    const note = this.#lost === 0 ? '' : `\n[… ${this.#lost} characters could not be stored …]\n`
    return note + this.#buffer
  }

  /** Nothing was ever written for this task. */
  get isEmpty(): boolean {
    return this.#offset === 0 && this.unstored === ''
  }

  write(text: string): void {
    if (this.#closed || text === '') return
    this.#buffer += text
    if (this.#failing) this.#shorten()
    else if (this.#buffer.length >= FLUSH_AT_LENGTH) this.flush()
    else this.#timer ??= this.#clock.schedule(FLUSH_AFTER_MS, () => this.flush())
  }

  flush(): void {
    this.#timer?.cancel()
    this.#timer = null
    const text = this.unstored
    if (text === '') return
    const offset = this.#offset
    try {
      this.#log.transaction(({ db }) => insertOutput(db, this.#task.id, offset, text))
    } catch (error) {
      this.#logger.warn({ error, taskId: this.#task.id }, 'output could not be stored yet')
      this.#failing = true
      this.#shorten()
      if (!this.#closed) this.#timer = this.#clock.schedule(RETRY_AFTER_MS, () => this.flush())
      return
    }
    this.#failing = false
    this.#buffer = ''
    this.#lost = 0
    this.#offset += text.length
    this.#tell(offset, text)
  }

  /** Later writes are dropped; what cannot be stored now is left for `storeRest`. */
  close(): void {
    this.#closed = true
    this.flush()
  }

  /** Of a closed log: the rest becomes part of a commit. Harmless when that fails and is repeated. */
  storeRest(transaction: Transaction): void {
    const text = this.unstored
    if (text === '') return
    insertOutput(transaction.db, this.#task.id, this.#offset, text)
    transaction.afterCommit(() => this.#tell(this.#offset, text))
  }

  #shorten(): void {
    const excess = this.#buffer.length - LONGEST_BACKLOG
    if (excess <= 0) return
    this.#lost += excess
    this.#buffer = this.#buffer.slice(excess)
  }

  #tell(offset: number, text: string): void {
    const { id, conversationId } = this.#task
    this.#log.live('task.output', {
      taskId: id,
      ...(conversationId === null ? {} : { conversationId }),
      offset,
      text,
    })
  }
}
