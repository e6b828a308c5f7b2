import { type Blocker, type BlockerKind, LONGEST_QUESTION } from '../../../shared/model/blocker.js'
import type { BlockerId, ConversationId, TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Ids, Logger, Timer } from '../ports.js'
import { about } from '../scheduler/task-events.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import type { WriteDb } from '../store/database.js'
import {
  type BlockerFilter,
  type BlockerRecord,
  forgetCall,
  insertBlocker,
  selectBlocker,
  selectBlockerOfCall,
  selectBlockers,
  selectDueBlockers,
  selectNextExpiry,
  selectOpenBlockers,
  updateBlocker,
} from '../store/queries/blockers.js'
import { insertTaskMessage } from '../store/queries/task-messages.js'
import { selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'

export interface Question {
  readonly taskId: TaskId
  readonly kind: BlockerKind
  readonly source: Blocker['source']
  readonly question: string
  readonly options: readonly string[]
  /** Names the call that asks: the same one never asks twice. */
  readonly callId: string
}

export interface BlockersOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  /** Something has happened that a task may wait for. */
  readonly look: (transaction: Transaction, id: TaskId) => void
  /** How long a question waits; null for as long as it takes. */
  readonly expiryHours: () => number | null
}

const HOUR_MS = 60 * 60 * 1000
/** A timer is never set further ahead: a clock that jumps is noticed after this time at the latest. */
const LONGEST_TIMER_MS = HOUR_MS
/** Tasks above a task that are looked at for a conversation. */
const DEEPEST_TREE = 100

/**
 * Questions to the person.
 *
 * States: open → resolved (the first answer), expired (by setting), or cancelled (its task has ended). Each passage
 * is one commit with what follows from it: the wait of the task ends, or the answer is put to a task that goes on.
 */
export class Blockers {
  readonly #options: BlockersOptions
  #phase: 'created' | 'started' | 'stopped' = 'created'
  #timer: Timer | null = null

  constructor(options: BlockersOptions) {
    this.#options = options
  }

  /** Newest first. */
  list(filter: BlockerFilter): { blockers: Blocker[]; next: number | null } {
    const { log, clock } = this.#options
    const records = log.query((db) => selectBlockers(db, filter, clock.now()))
    const next = records.length === filter.limit ? (records.at(-1)?.ordinal ?? null) : null
    return { blockers: records.map(viewOf), next }
  }

  /** @throws AppError `not_found` */
  get(id: BlockerId): Blocker {
    const { log, clock } = this.#options
    return viewOf(log.query((db) => this.#require(db, id, clock.now())))
  }

  /** @throws AppError `not_found`, `conflict` when it was answered before, `invalid_state` when it is over */
  answer(id: BlockerId, answer: string): Blocker {
    return this.#options.log.transaction((tx) => {
      const blocker = this.#require(tx.db, id, tx.at)
      if (blocker.state === 'resolved') {
        const when = new Date(blocker.resolvedAt ?? 0).toISOString()
        throw new AppError(
          'conflict',
          `question ${id} was answered at ${when}: ${JSON.stringify(blocker.answer ?? '')}`,
          { data: { answer: blocker.answer ?? '' } },
        )
      }
      if (blocker.state !== 'open') {
        throw new AppError(
          'invalid_state',
          `question ${id} is ${blocker.state}: nobody needs an answer`,
        )
      }
      const task = selectTask(tx.db, blocker.taskId, tx.at)
      const resolved = this.#end(tx, { ...blocker, state: 'resolved', answer, resolvedAt: tx.at })
      if (blocker.kind === 'async' && task !== undefined && !isTerminal(task.state)) {
        const text = `The person answers your question “${blocker.question}”:\n\n${answer}`
        const message = insertTaskMessage(tx.db, task.id, text, tx.at)
        tx.emit('task.message', { ...about(task), message })
      }
      return resolved
    })
  }

  /**
   * The question of the call, asked now if it was not before; part of the caller's commit. One that was cancelled
   * with its task is asked anew when the task is tried again.
   * @throws AppError `invalid_params` when it is too long
   */
  raise(tx: Transaction, { callId, options, ...question }: Question): Blocker {
    const known = selectBlockerOfCall(tx.db, callId, tx.at)
    if (known !== undefined && known.state !== 'cancelled') return viewOf(known)
    if (known !== undefined) forgetCall(tx.db, callId)
    const { length } = question.question
    if (length > LONGEST_QUESTION) {
      throw new AppError(
        'invalid_params',
        `question: ${length} characters are too many, ${LONGEST_QUESTION} is the most; ask shorter`,
      )
    }
    const hours = this.#options.expiryHours()
    const conversationId = conversationOf(tx, question.taskId)
    const blocker: Blocker = {
      ...question,
      id: this.#options.ids.next('blk') as BlockerId,
      ...(conversationId === null ? {} : { conversationId }),
      options: [...options],
      state: 'open',
      createdAt: tx.at,
      ...(hours === null ? {} : { expiresAt: tx.at + Math.ceil(hours * HOUR_MS) }),
    }
    insertBlocker(tx.db, { ...blocker, callId })
    tx.emit('blocker.created', eventOf(blocker))
    tx.afterCommit(() => this.#arm())
    return blocker
  }

  /** The question that a call has asked. */
  ofCall(db: WriteDb, callId: string): Blocker | undefined {
    const known = selectBlockerOfCall(db, callId, this.#options.clock.now())
    return known === undefined ? undefined : viewOf(known)
  }

  /** Whether a task may not go on before a question is answered. */
  isOpen(db: WriteDb, taskId: TaskId): boolean {
    const open = selectOpenBlockers(db, taskId, this.#options.clock.now())
    return open.some(({ kind }) => kind === 'sync')
  }

  /** A task that has ended needs no answer. */
  readonly ended: EndedHook = (tx, task: TaskRecord) => {
    // Only agents ask.
    if (task.lane !== 'agent') return
    for (const blocker of selectOpenBlockers(tx.db, task.id, tx.at)) {
      this.#end(tx, { ...blocker, state: 'cancelled', resolvedAt: tx.at })
    }
  }

  /** Whether a question waits for its end. */
  hasTimers(): boolean {
    return this.#options.log.query(selectNextExpiry) !== null
  }

  start(): void {
    this.#phase = 'started'
    this.#expire()
  }

  stop(): void {
    this.#phase = 'stopped'
    this.#timer?.cancel()
  }

  #end(tx: Transaction, ended: BlockerRecord): Blocker {
    updateBlocker(tx.db, ended)
    const blocker = viewOf(ended)
    if (ended.state !== 'open') tx.emit(`blocker.${ended.state}`, eventOf(blocker))
    this.#options.look(tx, ended.taskId)
    return blocker
  }

  #expire(): void {
    const { log, logger } = this.#options
    try {
      log.transaction((tx) => {
        for (const blocker of selectDueBlockers(tx.db, tx.at)) {
          this.#end(tx, { ...blocker, state: 'expired', resolvedAt: tx.at })
        }
      })
    } catch (error) {
      logger.warn({ error }, 'questions could not expire; it is tried again')
    }
    this.#arm()
  }

  #arm(): void {
    if (this.#phase !== 'started') return
    const { log, clock } = this.#options
    this.#timer?.cancel()
    const next = log.query(selectNextExpiry)
    if (next === null) return
    // What is due and still there could not be stored, or cannot be read.
    const delayMs = Math.min(Math.max(next - clock.now(), 1_000), LONGEST_TIMER_MS)
    this.#timer = clock.schedule(delayMs, () => {
      if (this.#phase === 'started') this.#expire()
    })
  }

  #require(db: WriteDb, id: BlockerId, atMs: number): BlockerRecord {
    const blocker = selectBlocker(db, id, atMs)
    if (blocker !== undefined) return blocker
    throw new AppError('not_found', `blockerId: there is no question ${id}`)
  }
}

function viewOf({ ordinal: _, ...blocker }: BlockerRecord): Blocker {
  return blocker
}

function eventOf(blocker: Blocker) {
  const { taskId, conversationId } = blocker
  return { taskId, ...(conversationId === undefined ? {} : { conversationId }), blocker }
}

/** Where a person speaks with whoever has started it all. */
function conversationOf({ db, at }: Transaction, taskId: TaskId): ConversationId | null {
  let id: TaskId | null = taskId
  for (let depth = 0; id !== null && depth < DEEPEST_TREE; depth++) {
    const task: TaskRecord | undefined = selectTask(db, id, at)
    if (task === undefined) return null
    if (task.conversationId !== null) return task.conversationId
    id = task.parentId
  }
  return null
}
