import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type ConnectionPhase, useConnection } from '../stores/connection.js'
import { onceHostAnswers } from './lazy-view.js'

const READY: ConnectionPhase = { name: 'ready' }
const AWAY: ConnectionPhase = { name: 'reconnecting', reason: 'the host cannot be reached' }

const enter = (phase: ConnectionPhase) => useConnection.setState({ phase })

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  enter({ name: 'connecting' })
})

/** Fails so often, then gives the view. */
function loadAfter(failures: number) {
  return vi.fn(async () => {
    if (load.mock.calls.length <= failures) throw new Error('nobody there')
    return 'the view'
  })
}
let load: ReturnType<typeof loadAfter>

it('waits for a host that is away, however long, and then reads the view', async () => {
  enter(AWAY)
  load = loadAfter(5)
  const view = onceHostAnswers(load)
  for (let round = 1; round <= 5; round += 1) {
    await vi.advanceTimersByTimeAsync(60_000)
    expect(load).toHaveBeenCalledTimes(round)
    enter(READY)
    enter(AWAY)
  }
  expect(await view).toBe('the view')
})

it('tries a little later where the host has not been missed yet', async () => {
  enter(READY)
  load = loadAfter(1)
  const view = onceHostAnswers(load)
  await vi.advanceTimersByTimeAsync(500)
  expect(await view).toBe('the view')
})

it('gives up a view that a host which is there does not have', async () => {
  enter(READY)
  load = loadAfter(Number.POSITIVE_INFINITY)
  const view = expect(onceHostAnswers(load)).rejects.toThrow('nobody there')
  await vi.advanceTimersByTimeAsync(10_000)
  await view
  expect(load).toHaveBeenCalledTimes(3)
})
