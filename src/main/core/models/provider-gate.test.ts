import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { SimulatedClock, settlePromises } from '../../../../test/support/simulated-clock.js'
import { ModelError } from './model-client.js'
import { createProviderGate, type Lane, type ProviderGate } from './provider-gate.js'

let clock: SimulatedClock
let logger: SilentLogger
let limit: number
let gate: ProviderGate

beforeEach(() => {
  clock = new SimulatedClock()
  logger = new SilentLogger()
  limit = 2
  gate = createProviderGate({ clock, logger, limit: () => limit })
})
afterEach(() => gate.close())

function quota(retryAfterMs: number | null): ModelError {
  return new ModelError('no more', { errorClass: 'quota', retryAfterMs })
}

/** A turn that runs until the test ends it, and what became of it. */
function begin(lane: Lane) {
  const stop = new AbortController()
  const work = Promise.withResolvers<string>()
  const state = { started: false, settled: null as unknown }
  const result = gate.run({ lane, signal: stop.signal }, () => {
    state.started = true
    return work.promise
  })
  const settled = result.then(
    (value) => (state.settled = value),
    (error: unknown) => (state.settled = error),
  )
  return {
    state,
    settled,
    stop: () => stop.abort(),
    succeed: async () => {
      work.resolve('done')
      await settled
      await settlePromises()
    },
    fail: async (error: unknown) => {
      work.reject(error)
      await settled
      await settlePromises()
    },
  }
}

describe('the chat', () => {
  it('starts in the same instant, however many background turns there are', async () => {
    const turns = ['background', 'background', 'background'].map(() => begin('background'))
    const chat = begin('chat')
    expect(chat.state.started).toBe(true)
    expect(gate.running()).toEqual({ chat: 1, background: 2 })
    await chat.succeed()
    expect(chat.state.settled).toBe('done')
    for (const turn of turns) await turn.succeed()
  })

  it('is not parked, and its own failure is its own', async () => {
    const first = begin('chat')
    await first.fail(quota(60_000))
    expect(gate.parkedUntil()).toBe(clock.now() + 60_000)
    const second = begin('chat')
    expect(second.state.started).toBe(true)
    const error = new ModelError('broken', { errorClass: 'permanent' })
    await second.fail(error)
    expect(second.state.settled).toBe(error)
  })
})

describe('background turns', () => {
  it('are limited in number and come in order', async () => {
    const [a, b, c, d] = [
      begin('background'),
      begin('background'),
      begin('background'),
      begin('background'),
    ]
    await settlePromises()
    expect([a, b, c, d].map((turn) => turn.state.started)).toEqual([true, true, false, false])
    expect(gate.waiting()).toBe(2)
    await b.succeed()
    expect([c, d].map((turn) => turn.state.started)).toEqual([true, false])
    await a.fail(new Error('any'))
    expect(d.state.started).toBe(true)
    await c.succeed()
    await d.succeed()
    expect(gate.running()).toEqual({ chat: 0, background: 0 })
  })

  it('follow a limit that changes while they wait', async () => {
    limit = 0
    const [a, b, c] = [begin('background'), begin('background'), begin('background')]
    await settlePromises()
    expect(a.state.started).toBe(false)
    limit = 2
    gate.limitChanged()
    await settlePromises()
    expect([a, b, c].map((turn) => turn.state.started)).toEqual([true, true, false])
    limit = 1
    gate.limitChanged()
    await a.succeed()
    expect(c.state.started).toBe(false)
    await b.succeed()
    expect(c.state.started).toBe(true)
    await c.succeed()
  })

  it('leave the queue when they are stopped', async () => {
    limit = 1
    const [a, b, c] = [begin('background'), begin('background'), begin('background')]
    b.stop()
    await b.settled
    expect(b.state).toMatchObject({ started: false, settled: { errorClass: 'aborted' } })
    expect(gate.waiting()).toBe(1)
    await a.succeed()
    expect(c.state.started).toBe(true)
    await c.succeed()
  })

  it('do not even queue when they were stopped before', async () => {
    const run = gate.run({ lane: 'background', signal: AbortSignal.abort() }, async () => 1)
    await expect(run).rejects.toMatchObject({ errorClass: 'aborted' })
    expect(gate.waiting()).toBe(0)
  })

  it('are refused at once, those that wait as well, when the reset is far', async () => {
    limit = 1
    const [a, b] = [begin('background'), begin('background')]
    await a.fail(quota(60_000))
    expect(b.state.settled).toMatchObject({
      errorClass: 'quota',
      retryAfterMs: 60_000,
      status: 429,
    })
    await clock.advanceAsync(20_000)
    const late = begin('background')
    await late.settled
    expect(late.state.settled).toMatchObject({ errorClass: 'quota', retryAfterMs: 40_000 })
    expect(late.state.started).toBe(false)
  })

  it('wait for a reset that is near, and go on at its instant', async () => {
    const a = begin('background')
    await settlePromises()
    await a.fail(quota(5_000))
    const b = begin('background')
    await clock.advanceAsync(4_999)
    expect(b.state.started).toBe(false)
    await clock.advanceAsync(1)
    expect(b.state.started).toBe(true)
    expect(gate.parkedUntil()).toBeNull()
    expect(clock.pendingTimers).toBe(0)
    await b.succeed()
  })

  it('keep away for half a minute when the provider does not say', async () => {
    const a = begin('background')
    await settlePromises()
    await a.fail(quota(null))
    expect(gate.parkedUntil()).toBe(clock.now() + 30_000)
  })

  it('hold to the latest reset when several turns fail together', async () => {
    const [a, b] = [begin('background'), begin('background')]
    await settlePromises()
    const until = clock.now() + 60_000
    await a.fail(quota(60_000))
    await b.fail(quota(10_000))
    expect(gate.parkedUntil()).toBe(until)
  })

  it('leave no timer behind when the gate is closed while they keep away', async () => {
    const a = begin('background')
    await settlePromises()
    await a.fail(quota(60_000))
    gate.close()
    expect(clock.pendingTimers).toBe(0)
  })

  it('are not parked by other failures', async () => {
    const a = begin('background')
    await settlePromises()
    await a.fail(new ModelError('later', { errorClass: 'transient', retryAfterMs: 60_000 }))
    expect(gate.parkedUntil()).toBeNull()
  })
})

describe('the gate', () => {
  it('tells of each change, and outlives a listener that throws', async () => {
    const seen: string[] = []
    gate.onChange(() => {
      throw new Error('broken listener')
    })
    const end = gate.onChange(() => {
      const { chat, background } = gate.running()
      seen.push(
        `${chat}/${background}/${gate.waiting()}/${gate.parkedUntil() === null ? '-' : 'P'}`,
      )
    })
    limit = 1
    const a = begin('background')
    begin('background')
    await settlePromises()
    await a.fail(quota(3_000))
    expect(seen.at(-1)).toBe('0/0/1/P')
    await clock.advanceAsync(3_000)
    expect(seen).toContain('0/1/0/-')
    end()
    const count = seen.length
    gate.limitChanged()
    expect(seen).toHaveLength(count)
    expect(logger.messages('error')).toContain('a listener of the provider gate threw')
  })

  it('ends every wait when it is closed, and takes nothing more', async () => {
    limit = 1
    const [a, b] = [begin('background'), begin('background')]
    await settlePromises()
    gate.close()
    await b.settled
    expect(b.state.settled).toMatchObject({ errorClass: 'aborted' })
    await a.succeed()
    const chat = begin('chat')
    await chat.settled
    expect(chat.state.settled).toMatchObject({ errorClass: 'aborted' })
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('a clock that is set back', () => {
  it('prolongs no parking beyond what the provider asked for', async () => {
    await begin('background').fail(quota(4_000))
    const waiting = begin('background')
    clock.setBack(3_600_000)
    expect(gate.parkedUntil()).toBe(clock.now() + 4_000)
    await clock.advanceAsync(8_000)
    expect(waiting.state.started).toBe(true)
    await waiting.succeed()
  })
})
