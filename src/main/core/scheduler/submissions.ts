import type { TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import type { Submission } from './new-task.js'
import type { TurnPart } from './turn.js'

/** Stored in one turn at most, so that no turn takes long. */
const MOST_AT_ONCE = 100

interface Waiting {
  readonly submission: Submission
  readonly resolve: (id: TaskId) => void
  readonly reject: (error: unknown) => void
}

/** Turns submissions into tasks. */
export interface TaskStore {
  /**
   * The task that a submission stands for already; writes nothing.
   * @throws AppError when it cannot be taken
   */
  find(transaction: Transaction, submission: Submission): TaskId | undefined
  add(transaction: Transaction, submission: Submission): TaskId
}

/** Submissions that came since the last turn: all of them are stored in the next one. */
export class Submissions {
  readonly #store: TaskStore
  #waiting: Waiting[] = []

  constructor(store: TaskStore) {
    this.#store = store
  }

  get size(): number {
    return this.#waiting.length
  }

  /** Resolves when the task is stored. */
  add(submission: Submission): Promise<TaskId> {
    return new Promise((resolve, reject) => this.#waiting.push({ submission, resolve, reject }))
  }

  /** The oldest of them, for one turn. */
  take(): TurnPart[] {
    const taken = this.#waiting.slice(0, MOST_AT_ONCE)
    this.#waiting = this.#waiting.slice(MOST_AT_ONCE)
    return taken.map((waiting) => this.#part(waiting))
  }

  #part({ submission, resolve, reject }: Waiting): TurnPart {
    let answer: () => void = () => undefined
    return {
      write: (transaction) => {
        let known: TaskId | undefined
        try {
          known = this.#store.find(transaction, submission)
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          answer = () => reject(error)
          return
        }
        const id = known ?? this.#store.add(transaction, submission)
        answer = () => resolve(id)
      },
      committed: () => answer(),
      failed: reject,
    }
  }
}
