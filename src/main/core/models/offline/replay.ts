import type { Move, Outcome, PlannedCall, Routine } from './routine.js'
import type { AnsweredCall } from './transcript.js'

export type Replayed<T> =
  /** The routine stands at a move; `open` are its calls that have no result yet. */
  | { readonly kind: 'move'; readonly move: Move; readonly open: readonly PlannedCall[] }
  | { readonly kind: 'end'; readonly value: T }

/**
 * Finds where a request stands: runs its routine from the start and feeds it the results that the
 * transcript holds. A recorded call is used once, by the first equal call of the routine; calls that
 * the routine does not make (of another model, say) are passed over.
 * @param offered names of the tools of this request; a call to any other is answered `forbidden`
 */
export function replay<T>(
  routine: Routine<T>,
  answered: readonly AnsweredCall[],
  offered: ReadonlySet<string>,
): Replayed<T> {
  const recorded = new Recorded(answered)
  let state = routine.next()
  for (;;) {
    if (state.done === true) return { kind: 'end', value: state.value }
    const move = state.value
    const found = move.calls.map((call) =>
      offered.has(call.name) ? recorded.take(call) : notOffered(call),
    )
    const outcomes = found.filter((outcome) => outcome !== null)
    if (outcomes.length < move.calls.length) {
      return { kind: 'move', move, open: move.calls.filter((_, index) => found[index] === null) }
    }
    state = routine.next(outcomes)
  }
}

class Recorded {
  readonly #queues = new Map<string, Outcome[]>()

  constructor(answered: readonly AnsweredCall[]) {
    for (const call of answered) {
      const key = keyOf(call.name, call.input)
      const queue = this.#queues.get(key)
      if (queue === undefined) this.#queues.set(key, [call.outcome])
      else queue.push(call.outcome)
    }
  }

  take(call: PlannedCall): Outcome | null {
    return this.#queues.get(keyOf(call.name, call.input))?.shift() ?? null
  }
}

function notOffered(call: PlannedCall): Outcome {
  return {
    content: `forbidden: the tool ${call.name} is not among the tools of this agent`,
    isError: true,
  }
}

function keyOf(name: string, input: unknown): string {
  return `${name} ${stableJson(input)}`
}

/** JSON with sorted keys, so that equal inputs are equal texts however they were stored. */
export function stableJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'null'
  )
}
