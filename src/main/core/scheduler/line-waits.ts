import type { Transaction } from '../events/event-log.js'
import { slotOf } from '../figures/slot.js'
import { addWait } from '../store/queries/figures.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { type AdmissionState, anyTaskOf, holdOn } from './admission.js'
import { LANES, type Lane } from './lane.js'

/** Why a task waited in the line. `restart`: before the program was started last, so that nobody knows. */
type LineReason = 'paused' | 'limit' | 'memory' | 'cpu' | 'starting' | 'restart'

interface Span {
  readonly fromMs: number
  readonly reason: LineReason
}

/** Spans that are remembered of each lane; who has waited for longer has its beginning told as `restart`. */
const MOST_SPANS = 2_000

/**
 * What has held back each lane, one span after another, so that a task which starts can be asked what it waited for.
 * A wait that is shorter than a moment is none.
 */
export class LineWaits {
  readonly #spans: Record<Lane, Span[]> = { agent: [], build: [], e2e_test: [], command: [] }

  /** What holds back each lane from now on. */
  note(state: AdmissionState, nowMs: number): void {
    for (const lane of LANES) {
      const reason = holdOn(state, anyTaskOf(lane), nowMs)?.reason ?? 'starting'
      const spans = this.#spans[lane]
      if (spans.at(-1)?.reason === reason) continue
      spans.push({ fromMs: nowMs, reason })
      if (spans.length > MOST_SPANS) spans.splice(0, MOST_SPANS / 2)
    }
  }

  /** Writes what a task waited for that starts now; other waits than those in the line are no concern of it. */
  count({ db, at }: Transaction, { lane, ownWait, waitSinceMs }: TaskRecord): void {
    if (ownWait !== null) return
    for (const [reason, waitMs] of this.split(lane, waitSinceMs, at)) {
      if (waitMs >= SHORTEST_WAIT_MS) addWait(db, slotOf(at), reason, waitMs)
    }
  }

  /** How much of a wait goes to which reason. */
  split(lane: Lane, fromMs: number, toMs: number): ReadonlyMap<LineReason, number> {
    const waits = new Map<LineReason, number>()
    let endMs = toMs
    for (const { fromMs: beginMs, reason } of this.#spans[lane].toReversed()) {
      if (endMs <= fromMs) break
      const waited = endMs - Math.max(beginMs, fromMs)
      if (waited > 0) waits.set(reason, (waits.get(reason) ?? 0) + waited)
      endMs = Math.min(endMs, beginMs)
    }
    if (endMs > fromMs) waits.set('restart', endMs - fromMs)
    return waits
  }
}

const SHORTEST_WAIT_MS = 100
