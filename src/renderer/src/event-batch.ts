import type { HostEvent } from './stores/host-event.js'

/** Frames do not come while a window is hidden; then this is how long events may wait, in ms. */
const HIDDEN_WAIT_MS = 250

/**
 * Gathers events and hands them over once per frame. `flush` hands over at once: before a reply
 * is used, everything that the host sent ahead of it must have been applied.
 */
export class EventBatch {
  readonly #apply: (events: readonly HostEvent[]) => void
  #events: HostEvent[] = []
  #frame: number | null = null
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(apply: (events: readonly HostEvent[]) => void) {
    this.#apply = apply
  }

  push(event: HostEvent): void {
    this.#events.push(event)
    if (this.#frame !== null || this.#timer !== null) return
    if (document.hidden) this.#timer = setTimeout(() => this.flush(), HIDDEN_WAIT_MS)
    else {
      this.#frame = requestAnimationFrame(() => this.flush())
      // A frame asked for just before the window is hidden may never come.
      this.#timer = setTimeout(() => this.flush(), HIDDEN_WAIT_MS)
    }
  }

  flush(): void {
    this.#cancel()
    if (this.#events.length === 0) return
    const events = coalesced(this.#events)
    this.#events = []
    this.#apply(events)
  }

  /** Forgets what is waiting, for when everything is read anew. */
  clear(): void {
    this.#cancel()
    this.#events = []
  }

  #cancel(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame)
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#frame = null
    this.#timer = null
  }
}

/** Joins pieces of one text that follow each other, so that a fast stream costs one change. */
export function coalesced(events: readonly HostEvent[]): readonly HostEvent[] {
  const result: HostEvent[] = []
  for (const event of events) {
    const last = result.at(-1)
    const joined = last && join(last, event)
    if (joined) result[result.length - 1] = joined
    else result.push(event)
  }
  return result
}

function join(a: HostEvent, b: HostEvent): HostEvent | null {
  if (a.name === 'chat.delta' && b.name === 'chat.delta') {
    const follows =
      a.params.messageId === b.params.messageId &&
      a.params.offset + a.params.text.length === b.params.offset
    return follows ? { ...a, params: { ...a.params, text: a.params.text + b.params.text } } : null
  }
  if (a.name === 'task.output' && b.name === 'task.output') {
    const follows =
      a.params.taskId === b.params.taskId &&
      a.params.offset + a.params.text.length === b.params.offset
    return follows ? { ...a, params: { ...a.params, text: a.params.text + b.params.text } } : null
  }
  return null
}
