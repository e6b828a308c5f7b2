import type { Blocker, BlockerKind, BlockerState } from '../../../shared/model/blocker.js'
import type { BlockerId, ConversationId, TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import type { WriteDb } from '../store/database.js'

export interface Question {
  readonly taskId: TaskId
  readonly kind: BlockerKind
  readonly source: Blocker['source']
  readonly question: string
  readonly options: readonly string[]
  /** Names the call that asks: the same one never asks twice. */
  readonly callId: string
}

export interface BlockerFilter {
  readonly state?: BlockerState | undefined
  readonly taskId?: TaskId | undefined
  readonly conversationId?: ConversationId | undefined
  readonly before: number
  readonly limit: number
}

/** Questions to the person: asked, answered once, expired, or needed no more. */
export class Blockers {
  list(_filter: BlockerFilter): { blockers: Blocker[]; next: number | null } {
    throw unavailable()
  }
  /** @throws AppError `not_found` */
  get(_id: BlockerId): Blocker {
    throw unavailable()
  }
  /** @throws AppError `not_found`, `conflict` when it was answered before, `invalid_state` when it is over */
  answer(_id: BlockerId, _answer: string): Blocker {
    throw unavailable()
  }
  /** The question of the call, asked now if it was not before; part of the caller's commit. */
  raise(_transaction: Transaction, _question: Question): Blocker {
    throw unavailable()
  }
  /** The question that a call has asked. */
  ofCall(_db: WriteDb, _callId: string): Blocker | undefined {
    throw unavailable()
  }
  /** Whether a task may not go on before a question is answered. */
  isOpen(_db: WriteDb, _taskId: TaskId): boolean {
    return false
  }
  /** A task that has ended needs no answer. */
  readonly ended: EndedHook = () => undefined

  /** Whether a question waits for its end. */
  hasTimers(): boolean {
    return false
  }

  start(): void {
    // No timers yet.
  }

  stop(): void {
    // No timers yet.
  }
}

function unavailable(): AppError {
  return new AppError('invalid_state', 'not available yet')
}
