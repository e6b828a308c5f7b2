import type { HostEvent } from './stores/host-event.js'

/** Calls back once, soon; returns how to take it back. */
export type Schedule = (run: () => void) => () => void

/** Frames do not come while a window is hidden; then this is how long events may wait, in ms. */
const HIDDEN_WAIT_MS = 250

/** Once per frame while the window is seen, and a little later while it is not. */
export const onFrame: Schedule = (run) => {
  const frame = requestAnimationFrame(run)
  // A frame asked for just before the window is hidden may never come.
  const timer = setTimeout(run, HIDDEN_WAIT_MS)
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** A key that was pressed so shortly before a frame, in ms, is drawn in it. */
const SAME_FRAME_MS = 16

/**
 * Leaves the frame that shows what was typed to the typing, and comes with the one after it; with that one in any case, since
 * what streams must not stand still beside somebody who types fast.
 *
 * @param sinceTyped how long ago a key was pressed, in ms
 */
export function besideTyping(schedule: Schedule, sinceTyped: () => number): Schedule {
  return (run) => {
    let cancel = schedule(() => {
      if (sinceTyped() > SAME_FRAME_MS) run()
      else cancel = schedule(run)
    })
    return () => cancel()
  }
}

/**
 * Gathers events and hands them over once per frame. `flush` hands over at once: before a reply
 * is used, everything that the host sent ahead of it must have been applied.
 */
export class EventBatch {
  readonly #apply: (events: readonly HostEvent[]) => void
  readonly #schedule: Schedule
  #events: HostEvent[] = []
  #cancel: (() => void) | null = null

  constructor(apply: (events: readonly HostEvent[]) => void, schedule: Schedule) {
    this.#apply = apply
    this.#schedule = schedule
  }

  push(event: HostEvent): void {
    this.#events.push(event)
    this.#cancel ??= this.#schedule(() => this.flush())
  }

  flush(): void {
    const events = coalesced(this.#events)
    this.clear()
    if (events.length > 0) this.#apply(events)
  }

  /** Forgets what is waiting, for when everything is read anew. */
  clear(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#events = []
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
