import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../../shared/model/queue.js'
import { PRIORITY_STEP_MS, rankOf } from '../../../shared/model/rank.js'
import { type AdmissionState, GRACE_MS, holdOn, queueHolds } from './admission.js'
import { backoffMs, FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS } from './backoff.js'
import { estimate } from './estimate.js'
import { NO_SHARE } from './forecast.js'
import { nextGate } from './gauge-gate.js'
import { type Lane, laneOf } from './lane.js'
import { progressOf } from './plan-progress.js'

const idle: AdmissionState = {
  paused: false,
  limits: DEFAULT_LIMITS,
  running: { agent: 0, build: 0, e2e_test: 0, command: 0 },
  machine: { cpu: 10, memory: 10 },
  cpuClosed: false,
  memoryClosed: false,
  toCome: NO_SHARE,
}

const held = (state: AdmissionState, lane: Lane, waitSinceMs: number, nowMs: number) =>
  holdOn(state, { lane, waitSinceMs, need: NO_SHARE }, nowMs)

describe('admission', () => {
  it('names the first reason that applies, in the fixed order', () => {
    const busy: AdmissionState = {
      ...idle,
      paused: true,
      running: { agent: 5, build: 0, e2e_test: 0, command: 0 },
      machine: { cpu: 99, memory: 99 },
      cpuClosed: true,
      memoryClosed: true,
    }
    expect(held(busy, 'agent', 0, 0)?.reason).toBe('paused')
    expect(held({ ...busy, paused: false }, 'agent', 0, 0)?.reason).toBe('limit')
    const free = { ...busy, paused: false, running: idle.running }
    expect(held(free, 'agent', 0, 0)?.reason).toBe('memory')
    expect(held({ ...free, memoryClosed: false }, 'agent', 0, 0)?.reason).toBe('cpu')
    expect(held(idle, 'agent', 0, 0)).toBeNull()
    expect(queueHolds(busy)).toEqual(['paused', 'limit', 'memory', 'cpu'])
  })

  it('lets one task run after the grace time, and only one', () => {
    const busy: AdmissionState = { ...idle, cpuClosed: true, memoryClosed: true }
    expect(held(busy, 'command', 0, GRACE_MS - 1)?.reason).toBe('memory')
    expect(held(busy, 'command', 0, GRACE_MS)).toBeNull()
    const oneRuns = { ...busy, running: { ...idle.running, build: 1 } }
    expect(held(oneRuns, 'command', 0, GRACE_MS * 10)?.reason).toBe('memory')
  })

  it('counts the kinds that agents do against one limit', () => {
    expect(
      ['agent_execution', 'orchestration', 'analysis'].map((type) => laneOf(type as 'analysis')),
    ).toEqual(['agent', 'agent', 'agent'])
  })
})

describe('a gate', () => {
  it('closes above its threshold and opens five points below', () => {
    let closed = false
    const seen = [60, 70, 71, 69, 65.1, 65, 66, 71].map((reading) => {
      closed = nextGate(closed, reading, 70)
      return closed
    })
    expect(seen).toEqual([false, false, true, true, true, false, false, true])
  })

  it('is open without a reading and with a threshold of 100', () => {
    expect(nextGate(true, null, 70)).toBe(false)
    expect(nextGate(true, 100, 100)).toBe(false)
  })
})

describe('rank', () => {
  it('is first in first out within a priority, and worth a fixed time between priorities', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 1e13 }),
        fc.integer({ min: 1, max: 1e9 }),
        (a, b, at, later) => {
          const rank = (priority: number, createdAtMs: number, attempt = 0) =>
            rankOf({ priority, attempt, createdAtMs, runAtMs: null })
          const early = rank(a, at)
          const late = rank(b, at + later)
          const urgent = (b - a) * PRIORITY_STEP_MS
          expect(Math.sign(late - early)).toBe(Math.sign(later - urgent))
          expect(rank(1, at + later, 1)).toBeLessThan(rank(10, at))
        },
      ),
    )
  })
})

describe('backoff', () => {
  it('doubles from one second to five minutes, with up to a quarter of jitter', () => {
    expect([1, 2, 3, 4].map((n) => backoffMs(n, 0))).toEqual([1000, 2000, 4000, 8000])
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, r) => {
          const delay = backoffMs(n, r)
          expect(delay).toBeGreaterThanOrEqual(FIRST_BACKOFF_MS)
          expect(delay).toBeLessThanOrEqual(LONGEST_BACKOFF_MS * 1.25)
        },
      ),
    )
  })
})

describe('progress of a plan', () => {
  it('counts what is done, and never says 100 before the end', () => {
    expect(progressOf([])).toEqual({ progress: 0, currentStep: null })
    const step = (state: 'pending' | 'active' | 'done' | 'failed') => ({ title: state, state })
    expect(progressOf([step('done'), step('active'), step('pending'), step('pending')])).toEqual({
      progress: 25,
      currentStep: 'active',
    })
    expect(progressOf([step('done'), step('failed')]).progress).toBe(99)
  })
})

describe('an estimate', () => {
  const base = { progress: 0, stepsDone: 0, elapsedMs: 0, estimatedDurationS: null, pastRuns: [] }
  const usual = [{ runningMs: 30_000 }]
  it.each([
    [{ ...base }, null],
    [{ ...base, pastRuns: usual, elapsedMs: 10_000 }, 20],
    [{ ...base, pastRuns: usual, estimatedDurationS: 12 }, 12],
    [{ ...base, pastRuns: usual, elapsedMs: 31_000 }, null],
    [{ ...base, progress: 25, elapsedMs: 10_000, pastRuns: [{ runningMs: 999_000 }] }, 30],
    [{ ...base, progress: 99, elapsedMs: 1_000 }, 1],
  ])('of %j is %j s', (input, seconds) => {
    expect(estimate(input)?.remainingS ?? null).toBe(seconds)
  })

  it('is a range that narrows with what was measured, and holds the estimate', () => {
    const wide = estimate({ ...base, pastRuns: usual })
    expect(wide?.range).toEqual({ low: 15, high: 60 })
    const many = estimate({ ...base, pastRuns: Array.from({ length: 16 }, () => usual).flat() })
    expect(many?.range).toEqual({ low: 24, high: 38 })
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 99 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1_000, max: 1e7 }),
        (progress, stepsDone, elapsedMs) => {
          const one = estimate({ ...base, progress, stepsDone, elapsedMs })
          const more = estimate({ ...base, progress, stepsDone: stepsDone + 1, elapsedMs })
          if (one === null || more === null) throw new Error('its own pace gives no estimate')
          expect(one.range.low).toBeLessThanOrEqual(one.remainingS)
          expect(one.range.high).toBeGreaterThanOrEqual(one.remainingS)
          expect(more.range.low).toBeGreaterThanOrEqual(one.range.low)
          expect(more.range.high).toBeLessThanOrEqual(one.range.high)
        },
      ),
    )
  })
})
