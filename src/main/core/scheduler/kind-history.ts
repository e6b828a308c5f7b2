import type { EventLog } from '../events/event-log.js'
import { type PastRun, selectPastRuns } from '../store/queries/tasks.js'

/** Past tasks of a kind that say what the next one will be like. */
const LENGTH = 20
const KINDS_IN_MEMORY = 500

/** What the last completed tasks of each kind took: read once, then kept with every end. */
export class KindHistory {
  readonly #log: EventLog
  /** Newest first; kinds in the order of their last use. */
  readonly #runs = new Map<string, readonly PastRun[]>()

  constructor(log: EventLog) {
    this.#log = log
  }

  /** Newest first. */
  of(kind: string): readonly PastRun[] {
    const known = this.#runs.get(kind)
    if (known !== undefined) return known
    const runs = this.#log.query((db) => selectPastRuns(db, kind, LENGTH))
    this.#keep(kind, runs)
    return runs
  }

  /** To be called once it is stored. */
  add(kind: string, run: PastRun): void {
    const known = this.#runs.get(kind)
    // One that is not in memory is read from the store, this run included.
    if (known !== undefined) this.#keep(kind, [run, ...known].slice(0, LENGTH))
  }

  #keep(kind: string, runs: readonly PastRun[]): void {
    this.#runs.delete(kind)
    this.#runs.set(kind, runs)
    if (this.#runs.size <= KINDS_IN_MEMORY) return
    for (const oldest of this.#runs.keys()) {
      this.#runs.delete(oldest)
      break
    }
  }
}
