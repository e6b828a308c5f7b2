import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { SimulatedClock } from '../../../../test/support/simulated-clock.js'
import { ModelError } from './model-client.js'
import { createProviderGate, type Lane } from './provider-gate.js'

interface TurnPlan {
  readonly kind: 'turn'
  readonly atMs: number
  readonly lane: Lane
  readonly lastsMs: number
  readonly ends: 'well' | 'transient' | 'quota'
  readonly retryAfterMs: number
  /** After its arrival; null lets it be. */
  readonly stopAfterMs: number | null
}

interface LimitPlan {
  readonly kind: 'limit'
  readonly atMs: number
  readonly limit: number
}

const turnPlan: fc.Arbitrary<TurnPlan> = fc.record({
  kind: fc.constant('turn'),
  atMs: fc.integer({ min: 0, max: 60_000 }),
  lane: fc.constantFrom<Lane>('chat', 'background', 'background', 'background'),
  lastsMs: fc.integer({ min: 0, max: 8_000 }),
  ends: fc.constantFrom('well', 'well', 'well', 'transient', 'quota'),
  retryAfterMs: fc.integer({ min: 0, max: 20_000 }),
  stopAfterMs: fc.option(fc.integer({ min: 0, max: 9_000 }), { nil: null }),
})
const limitPlan: fc.Arbitrary<LimitPlan> = fc.record({
  kind: fc.constant('limit'),
  atMs: fc.integer({ min: 0, max: 60_000 }),
  limit: fc.integer({ min: 1, max: 5 }),
})

/** Plays a day of an account and checks every promise of the gate at each step. */
async function play(plans: readonly (TurnPlan | LimitPlan)[]): Promise<void> {
  const clock = new SimulatedClock(0)
  let limit = 2
  const gate = createProviderGate({ clock, logger: new SilentLogger(), limit: () => limit })
  const arrived: number[] = []
  const settled: Promise<unknown>[] = []
  /** What the account has been told, kept apart from the gate. */
  let resetMs = 0
  let running = 0

  const arrive = (plan: TurnPlan, id: number) => {
    const stop = new AbortController()
    if (plan.lane === 'background') arrived.push(id)
    const parkedForMs = resetMs - clock.now()
    let started = false
    const turn = gate.run({ lane: plan.lane, signal: stop.signal }, async () => {
      started = true
      if (plan.lane === 'background') {
        running++
        // Nobody who came earlier and still waits is overtaken.
        expect(arrived[0]).toBe(id)
        arrived.shift()
        expect(running).toBeLessThanOrEqual(limit)
        expect(resetMs).toBeLessThanOrEqual(clock.now())
      }
      await new Promise<void>((resolve) => clock.schedule(plan.lastsMs, resolve))
      if (plan.lane === 'background') running--
      if (plan.ends === 'well') return
      if (plan.ends === 'quota') resetMs = Math.max(resetMs, clock.now() + plan.retryAfterMs)
      throw new ModelError(plan.ends, { errorClass: plan.ends, retryAfterMs: plan.retryAfterMs })
    })
    if (plan.lane === 'chat') expect(started).toBe(true)
    if (plan.stopAfterMs !== null) clock.schedule(plan.stopAfterMs, () => stop.abort())
    settled.push(
      turn.catch((error: unknown) => {
        expect(error).toBeInstanceOf(ModelError)
        if (started) return
        const place = arrived.indexOf(id)
        if (place !== -1) arrived.splice(place, 1)
        const { errorClass, retryAfterMs } = error as ModelError
        if (errorClass === 'aborted') expect(stop.signal.aborted).toBe(true)
        else expect(retryAfterMs).toBeGreaterThan(5_000)
      }),
    )
    if (plan.lane === 'background' && parkedForMs > 5_000) expect(gate.waiting()).toBe(0)
  }

  for (const [id, plan] of plans.entries()) {
    clock.schedule(plan.atMs, () => {
      if (plan.kind === 'turn') return arrive(plan, id)
      // A lower limit holds for the turns to come; those that run are not ended.
      limit = Math.max(plan.limit, running)
      gate.limitChanged()
    })
  }
  await clock.runAllAsync()
  await Promise.all(settled)
  expect(gate.running()).toEqual({ chat: 0, background: 0 })
  expect(gate.waiting()).toBe(0)
  expect(gate.parkedUntil()).toBeNull()
  expect(clock.pendingTimers).toBe(0)
}

it('keeps its promises on any day of any account', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 8, arbitrary: turnPlan }, { weight: 1, arbitrary: limitPlan }), {
        maxLength: 40,
      }),
      play,
    ),
    { numRuns: 200 },
  )
})
