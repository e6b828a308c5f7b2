import type { Clock, Ids } from '../ports.js'
import { ModelError } from './model-client.js'
import { abortedError } from './model-error.js'

/** A rate limit that ends within this is waited for on the spot; a longer one is the caller's. */
export const SHORT_WAIT_MS = 5_000

const BASE_DELAY_MS = 1_000
const MAX_DELAY_MS = 30_000
/** A provider that asks for a longer pause than this gets it, but not from a turn that holds a slot. */
const MAX_ASKED_WAIT_MS = 60_000

export interface RetryOptions {
  readonly clock: Clock
  readonly ids: Ids
  /** Calls of `fn` at most, the first one included. */
  readonly attempts: number
  readonly signal: AbortSignal
  /** Before each pause: the failure, how long the pause is, and the number of the failed attempt. */
  readonly onRetry?: (error: ModelError, delayMs: number, attempt: number) => void
}

/**
 * Calls `fn` again after failures that pass by themselves: `transient` ones, and a `quota` whose
 * reset is near. Pauses double from one second, with full jitter (evenly spread from zero), so that
 * agents that failed together do not come back together; a pause that the provider asks for is the
 * least that it gets.
 *
 * A turn holds no place in the provider gate while it pauses when the gate is inside `fn`.
 *
 * @throws ModelError the last failure; `aborted` when the signal ends a pause.
 */
export async function retryTransient<T>(
  fn: (attempt: number) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    if (options.signal.aborted) throw abortedError()
    try {
      return await fn(attempt)
    } catch (error) {
      if (!(error instanceof ModelError) || attempt >= options.attempts) throw error
      const delayMs = pauseMs(error, attempt, options.ids)
      if (delayMs === null || options.signal.aborted) throw error
      options.onRetry?.(error, delayMs, attempt)
      await sleep(delayMs, options.clock, options.signal)
    }
  }
}

/** Null when trying again soon is of no use. */
function pauseMs(error: ModelError, attempt: number, ids: Ids): number | null {
  const asked = error.retryAfterMs
  if (error.errorClass === 'quota') return asked !== null && asked <= SHORT_WAIT_MS ? asked : null
  if (error.errorClass !== 'transient') return null
  if (asked !== null && asked > MAX_ASKED_WAIT_MS) return null
  const ceilingMs = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempt - 1))
  return Math.max(asked ?? 0, Math.round(ids.random() * ceilingMs))
}

function sleep(delayMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onAbort = () => {
    timer.cancel()
    reject(abortedError())
  }
  const timer = clock.schedule(delayMs, () => {
    signal.removeEventListener('abort', onAbort)
    resolve()
  })
  signal.addEventListener('abort', onAbort, { once: true })
  return promise
}
