import type { HistoryFilter } from '../../../shared/model/history.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { LongReads } from '../store/long-reads.js'
import type { HistoryPlan } from '../store/queries/history-plan.js'
import type { PlacedEntry } from '../store/queries/history-step.js'

/** Where the next page begins, for either kind: below these ordinals. */
export interface HistoryPlace {
  readonly task: number
  readonly message: number
}

export const NEWEST: HistoryPlace = {
  task: Number.MAX_SAFE_INTEGER,
  message: Number.MAX_SAFE_INTEGER,
}

export interface HistoryPage {
  readonly entries: readonly PlacedEntry[]
  /** Null when everything was searched. */
  readonly next: HistoryPlace | null
}

export interface HistoryRequest {
  readonly filter: HistoryFilter
  /** Null: from the newest on. */
  readonly place: HistoryPlace | null
  readonly limit: number
}

/** Of one answer, each some 20 ms: it may have found less than a page by then. */
const MOST_STEPS = 50

/**
 * A page of the past, the newest first: full, the last, or what was found within the time of an answer. Either kind is gone through in its own order; of the two
 * the newer one is taken, so that a clock that was changed moves an entry but loses and doubles none.
 * @throws AppError `invalid_params` for a span that ends before it begins; the reason of `signal`
 */
export async function searchHistory(
  reads: LongReads,
  { filter, place, limit }: HistoryRequest,
  signal: AbortSignal,
): Promise<HistoryPage> {
  refuseSpan(filter)
  signal.throwIfAborted()
  const plan = await reads.read('plan', filter)
  const from = place ?? NEWEST
  const streams = [
    new Stream(reads, plan, 'task', from.task),
    new Stream(reads, plan, 'message', from.message),
  ]
  const entries: PlacedEntry[] = []
  const budget = { steps: MOST_STEPS }
  while (entries.length < limit) {
    for (const stream of streams) await stream.fill(limit - entries.length, budget, signal)
    if (streams.some((stream) => stream.isUnknown)) break
    const newest = streams.reduce((a, b) => (b.headAt > a.headAt ? b : a))
    const entry = newest.take()
    if (entry === undefined) return { entries, next: null }
    entries.push(entry)
  }
  const [task, message] = streams.map((stream) => stream.place)
  const isOver = streams.every((stream) => stream.isOver)
  return { entries, next: isOver ? null : { task: task ?? 0, message: message ?? 0 } }
}

/** One kind of entry, read ahead as far as is needed. */
class Stream {
  readonly #reads: LongReads
  readonly #plan: HistoryPlan
  readonly #kind: 'task' | 'message'
  #found: PlacedEntry[] = []
  #before: number

  constructor(reads: LongReads, plan: HistoryPlan, kind: 'task' | 'message', before: number) {
    this.#reads = reads
    this.#plan = plan
    this.#kind = kind
    this.#before = plan[kind] === null ? 0 : before
  }

  /** Has one at hand, unless there is none left, or no step. */
  async fill(limit: number, budget: { steps: number }, signal: AbortSignal): Promise<void> {
    while (this.isUnknown && budget.steps > 0) {
      budget.steps--
      const { found, searchedTo } = await this.#reads.read('step', {
        plan: this.#plan,
        kind: this.#kind,
        before: this.#before,
        limit,
      })
      signal.throwIfAborted()
      this.#found = [...found]
      this.#before = searchedTo
    }
  }

  get headAt(): number {
    return this.#found[0]?.entry.createdAt ?? Number.NEGATIVE_INFINITY
  }

  take(): PlacedEntry | undefined {
    return this.#found.shift()
  }

  /** None is at hand, and there may be more. */
  get isUnknown(): boolean {
    return this.#found.length === 0 && this.#before > 0
  }

  get isOver(): boolean {
    return this.#found.length === 0 && this.#before === 0
  }

  get place(): number {
    const [head] = this.#found
    return head === undefined ? this.#before : head.ordinal + 1
  }
}

function refuseSpan({ from, to }: HistoryFilter): void {
  if (from === undefined || to === undefined || from < to) return
  throw new AppError(
    'invalid_params',
    `to: ${new Date(to).toISOString()} must be later than from, ${new Date(from).toISOString()}`,
  )
}
