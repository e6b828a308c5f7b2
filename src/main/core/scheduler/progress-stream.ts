import type { TaskId } from '../../../shared/model/ids.js'
import type { ProgressUpdate } from '../../../shared/model/task.js'
import type { DurableEvent } from '../../../shared/rpc/contract.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'

const PAGE = 100
const ENDS: readonly string[] = ['task.completed', 'task.failed', 'task.cancelled']

function isAbout(event: DurableEvent, id: TaskId): boolean {
  return 'taskId' in event.payload && event.payload.taskId === id
}

/** Resolves when the task has ended or `waitMs` have passed. */
export function untilEnded(
  log: EventLog,
  clock: Clock,
  id: TaskId,
  waitMs: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      timer.cancel()
      unsubscribe()
      signal.removeEventListener('abort', onAbort)
      act()
    }
    const onAbort = () =>
      settle(() => reject(new AppError('cancelled', `nobody waits for ${id} any more`)))
    const timer = clock.schedule(waitMs, () => settle(resolve))
    const unsubscribe = log.subscribe({
      durable: (event) => {
        if (ENDS.includes(event.name) && isAbout(event, id)) settle(resolve)
      },
      live: () => undefined,
    })
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
}

/**
 * Reads updates from the log, so that a slow reader holds nothing in memory and costs the others
 * nothing; a commit only wakes it.
 */
export async function* progressUpdates(
  log: EventLog,
  id: TaskId,
  hasEnded: () => boolean,
  sinceSeq: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProgressUpdate, void, undefined> {
  let wake: () => void = () => undefined
  let news = false
  const announce = () => {
    news = true
    wake()
  }
  const unsubscribe = log.subscribe({
    durable: (event) => {
      if (isAbout(event, id)) announce()
    },
    live: () => undefined,
  })
  signal?.addEventListener('abort', announce, { once: true })
  try {
    let cursor = sinceSeq
    while (!signal?.aborted) {
      news = false
      const ended = hasEnded()
      const events = log.readProgress(id, cursor, PAGE)
      for (const event of events) {
        cursor = event.seq
        if (event.name === 'task.progress') yield updateFrom(event.payload)
      }
      if (events.length > 0) continue
      if (ended) return
      if (!news) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    unsubscribe()
    signal?.removeEventListener('abort', announce)
  }
}

function updateFrom(payload: ProgressUpdate & { readonly taskId: string }): ProgressUpdate {
  const { timestamp, step, progress, message, metadata } = payload
  return { timestamp, step, progress, message, ...(metadata === undefined ? {} : { metadata }) }
}
