import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SequentialIds } from '../../../../test/support/sequential-ids.js'
import { SimulatedClock } from '../../../../test/support/simulated-clock.js'
import { ModelError, type ModelErrorClass } from './model-client.js'
import { type RetryOptions, retryTransient } from './retry.js'

function failure(errorClass: ModelErrorClass, retryAfterMs: number | null = null): ModelError {
  return new ModelError(errorClass, { errorClass, retryAfterMs })
}

function setUp(more: Partial<RetryOptions> = {}) {
  const clock = new SimulatedClock()
  const pauses: number[] = []
  const options: RetryOptions = {
    clock,
    ids: new SequentialIds(),
    attempts: 5,
    signal: new AbortController().signal,
    onRetry: (_, delayMs) => pauses.push(delayMs),
    ...more,
  }
  return { clock, pauses, options }
}

/** Fails with each of the errors in turn, then succeeds. */
function script(...errors: readonly unknown[]) {
  const left = [...errors]
  const attempts: number[] = []
  const fn = async (attempt: number) => {
    attempts.push(attempt)
    if (left.length > 0) throw left.shift()
    return 'done'
  }
  return { fn, attempts }
}

describe('retryTransient', () => {
  it('tries again until it succeeds', async () => {
    const { clock, pauses, options } = setUp()
    const { fn, attempts } = script(failure('transient'), failure('transient'))
    const result = retryTransient(fn, options)
    await clock.runAllAsync()
    expect(await result).toBe('done')
    expect(attempts).toEqual([1, 2, 3])
    expect(pauses).toHaveLength(2)
    expect(clock.pendingTimers).toBe(0)
  })

  it('gives up with the last failure after the last attempt', async () => {
    const { clock, options } = setUp({ attempts: 2 })
    const last = failure('transient')
    const { fn, attempts } = script(failure('transient'), last)
    const result = retryTransient(fn, options).catch((error: unknown) => error)
    await clock.runAllAsync()
    expect(await result).toBe(last)
    expect(attempts).toEqual([1, 2])
  })

  it.each([
    ['permanent', failure('permanent')],
    ['aborted', failure('aborted')],
    ['a quota that ends later', failure('quota', 5_001)],
    ['a quota without an end', failure('quota')],
    ['a pause that is asked for and too long', failure('transient', 60_001)],
    ['a defect', new TypeError('x is not a function')],
  ])('does not try again after %s', async (_, error) => {
    const { clock, options } = setUp()
    const { fn, attempts } = script(error)
    await expect(retryTransient(fn, options)).rejects.toBe(error)
    expect(attempts).toEqual([1])
    expect(clock.pendingTimers).toBe(0)
  })

  it('waits on the spot for a quota that ends soon', async () => {
    const { clock, pauses, options } = setUp()
    const result = retryTransient(script(failure('quota', 4_000)).fn, options)
    await clock.runAllAsync()
    expect(await result).toBe('done')
    expect(pauses).toEqual([4_000])
  })

  it('gives the provider the pause that it asks for', async () => {
    const { clock, pauses, options } = setUp()
    const result = retryTransient(script(failure('transient', 45_000)).fn, options)
    await clock.runAllAsync()
    expect(await result).toBe('done')
    expect(pauses).toEqual([45_000])
  })

  it('ends a pause when it is stopped', async () => {
    const stop = new AbortController()
    const { clock, options } = setUp({ signal: stop.signal })
    const { fn, attempts } = script(failure('transient'))
    const result = retryTransient(fn, options).catch((error: unknown) => error)
    await clock.advanceAsync(0)
    stop.abort()
    expect(await result).toMatchObject({ errorClass: 'aborted' })
    expect(attempts).toEqual([1])
    expect(clock.pendingTimers).toBe(0)
  })

  it('does not begin when it was stopped before', async () => {
    const { options } = setUp({ signal: AbortSignal.abort() })
    const { fn, attempts } = script()
    await expect(retryTransient(fn, options)).rejects.toMatchObject({ errorClass: 'aborted' })
    expect(attempts).toEqual([])
  })

  it('spreads pauses from zero to a ceiling that doubles, and never beyond 30 s', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 12 }), async (seed, failures) => {
        const { clock, pauses, options } = setUp({ attempts: 20, ids: new SequentialIds(seed) })
        const errors = Array.from({ length: failures }, () => failure('transient'))
        const result = retryTransient(script(...errors).fn, options)
        await clock.runAllAsync()
        expect(await result).toBe('done')
        for (const [index, pause] of pauses.entries()) {
          expect(pause).toBeGreaterThanOrEqual(0)
          expect(pause).toBeLessThanOrEqual(Math.min(30_000, 1_000 * 2 ** index))
        }
      }),
      { numRuns: 30 },
    )
  })
})
