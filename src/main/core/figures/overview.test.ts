import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { addEndFigures, addMachineFigures, addSpending } from '../store/queries/figures.js'
import { type OverviewWish, statsOverview } from './overview.js'
import { slotOf } from './slot.js'

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
})
afterEach(() => bench.db.close())

const fail = (code: 'command_failed' | 'timeout', retryable = false) =>
  ({ kind: 'failed', error: { code, message: 'no' }, output: '', retryable }) as const
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** An end of one task at an instant. */
function ended(atMs: number, change: { completed?: number; failed?: number } = { completed: 1 }) {
  addEndFigures(bench.db, {
    ...{
      slot: slotOf(atMs),
      type: 'command',
      completed: 0,
      failed: 0,
      cancelled: 0,
      runningMs: 1000,
    },
    ...{ started: 1, waitMs: 500, tokens: 0, costMicroUsd: 0, unpricedTokens: 0 },
    ...{ peakMemory: null, peakCpu: null, ...change },
  })
}

/** As of now. */
const overviewOf = (wish: OverviewWish) =>
  statsOverview(bench.db, { ...wish, timezone: wish.timezone ?? 'UTC' }, bench.clock.now())

const at = (text: string) => Date.parse(text)

describe('the overview of a span', () => {
  it('is empty where nothing has happened, with every bucket of it', () => {
    const overview = overviewOf({ days: 7 })
    expect(overview).toMatchObject({
      bucket: 'day',
      ended: { completed: 0, successRate: null, perHour: null },
      time: { saved: 0, parallelism: null, mostRunning: 0 },
      failures: [],
      cost: { costUsd: 0, byAgent: [], unpricedModels: [] },
    })
    expect(overview.buckets).toHaveLength(7)
    expect(overviewOf({ days: 1 }).bucket).toBe('hour')
  })

  it('tells what tasks side by side have saved, and how many ran at once', async () => {
    bench.queue.setLimits({ maxConcurrentTasks: 2 })
    const ids = [await bench.submit(), await bench.submit(), await bench.submit()]
    bench.gauge.show({ cpu: 40, memory: 30 })
    await bench.clock.advanceAsync(MINUTE)
    bench.executor.end(ids[0] as TaskId)
    bench.executor.end(ids[1] as TaskId, fail('command_failed'))
    await bench.settle()
    await bench.clock.advanceAsync(MINUTE)
    bench.executor.end(ids[2] as TaskId)
    await bench.settle()
    expect(overviewOf({ days: 1 })).toMatchObject({
      ended: { completed: 2, failed: 1, successRate: 2 / 3, perHour: 60 },
      time: { serial: 180, busy: 120, saved: 60, parallelism: 1.5, mostRunning: 2 },
      failures: [{ cause: 'command_failed', count: 1 }],
      waits: { meanToStart: 20, byReason: [{ reason: 'limit', waits: 1, seconds: 60 }] },
    })
  })

  it('counts waits by their reason, and further attempts', async () => {
    const first = await bench.submit({ maxAttempts: 2 })
    await bench.submit({ dependencies: [first] })
    await bench.clock.advanceAsync(10_000)
    bench.executor.end(first, fail('timeout', true))
    await bench.settle()
    await bench.clock.advanceAsync(20_000)
    bench.executor.end(first)
    await bench.settle()
    const { tries, waits, time } = overviewOf({ days: 1 })
    expect(tries).toEqual({ retries: 1, corrections: 0, mended: 0 })
    const byReason = Object.fromEntries(waits.byReason.map((wait) => [wait.reason, wait.seconds]))
    expect(byReason).toMatchObject({ dependency: 30, backoff: expect.any(Number) })
    expect(time.saved).toBe(0)
  })

  it('does not count the time in which the machine slept', async () => {
    const id = await bench.submit()
    bench.clock.sleep(8 * HOUR)
    bench.executor.end(id)
    await bench.settle()
    expect(overviewOf({ days: 2 }).time.busy).toBeLessThanOrEqual(60)
  })

  it('puts what happened into the hours and days of the time zone', () => {
    const now = at('2026-03-30T12:00+02:00')
    // The last minute of the shortest day in Berlin, and the first of the next.
    ended(at('2026-03-29T23:59+02:00'))
    ended(at('2026-03-30T00:00+02:00'), { failed: 1 })
    ended(at('2026-03-28T23:59+01:00'))
    const berlin = statsOverview(bench.db, { days: 2, timezone: 'Europe/Berlin' }, now)
    expect(new Date(berlin.from).toISOString()).toBe('2026-03-28T23:00:00.000Z')
    const filled = berlin.buckets.filter(({ completed, failed }) => completed + failed > 0)
    expect(filled.map(({ at: start }) => new Date(start).toISOString())).toEqual([
      '2026-03-29T21:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ])
    const days = statsOverview(bench.db, { days: 3, timezone: 'Europe/Berlin' }, now).buckets
    expect(days.map(({ completed, failed }) => [completed, failed])).toEqual([
      [1, 0],
      [1, 0],
      [0, 1],
    ])
    expect((days[2]?.at ?? 0) - (days[1]?.at ?? 0)).toBe(23 * HOUR)
  })

  it('says which tokens have no price, and what the chat has cost', () => {
    const now = at('2026-03-30T12:00Z')
    const slot = slotOf(now)
    addSpending(bench.db, {
      slot,
      agent: '',
      model: 'claude-sonnet-4',
      tokens: 10,
      costMicroUsd: 30,
    })
    addSpending(bench.db, {
      slot,
      agent: 'tester',
      model: 'my-model',
      tokens: 70,
      costMicroUsd: null,
    })
    addSpending(bench.db, {
      slot,
      agent: 'tester',
      model: 'my-model',
      tokens: 7,
      costMicroUsd: null,
    })
    expect(statsOverview(bench.db, { days: 1, timezone: 'UTC' }, now).cost).toEqual({
      ...{ turns: 3, tokens: 87, costUsd: 0.000_03, unpricedTokens: 77 },
      byAgent: [
        { agent: '', turns: 1, tokens: 10, costUsd: 0.000_03, unpricedTokens: 0 },
        { agent: 'tester', turns: 2, tokens: 77, costUsd: 0, unpricedTokens: 77 },
      ],
      unpricedModels: [{ model: 'my-model', tokens: 77 }],
    })
  })

  it.each([
    [{ days: 3, from: 1 }, /days: cannot be given together/],
    [{ from: 9_000_000, to: 900_000 }, /from: must be before to/],
    [{ from: 0 }, /at most 366 days/],
    [{ timezone: 'Mars/Base' }, /timezone: "Mars\/Base" is not known/],
  ])('refuses %j', (request, message) => {
    expect(() => overviewOf(request)).toThrow(message)
  })
})

it('reads figures only, and only those of the span', () => {
  const read: string[] = []
  const prepare = bench.db.prepare.bind(bench.db)
  bench.db.prepare = ((sql: string) => {
    read.push(sql)
    return prepare(sql)
  }) as typeof bench.db.prepare
  overviewOf({ days: 30 })
  const plans = read.flatMap((sql) =>
    (
      prepare(`EXPLAIN QUERY PLAN ${sql.replaceAll(/@\w+/g, '1')}`).all() as { detail: string }[]
    ).map(({ detail }) => detail),
  )
  expect(plans.filter((plan) => /^SCAN/.test(plan))).toEqual([])
  expect(plans.filter((plan) => /^SEARCH/.test(plan))).toHaveLength(10)
  expect(plans.join()).not.toMatch(/\btasks\b/)
})

it('holds all of a year in which something happened in every quarter of an hour', () => {
  const now = at('2026-12-31T12:00Z')
  bench.db.exec('BEGIN')
  for (let slot = slotOf(now) - 366 * 96; slot <= slotOf(now); slot++) {
    ended(slot * 15 * MINUTE)
    addMachineFigures(bench.db, {
      ...{ slot, busyMs: 60_000, taskMs: 90_000, mostRunning: 3, peakCpu: 50, peakMemory: 40 },
    })
    addSpending(bench.db, { slot, agent: 'a', model: 'm', tokens: 5, costMicroUsd: 1 })
  }
  bench.db.exec('COMMIT')
  const overview = statsOverview(bench.db, { days: 366, timezone: 'Europe/Berlin' }, now)
  expect(overview.buckets).toHaveLength(366)
  const ends = overview.buckets.reduce((sum, { completed }) => sum + completed, 0)
  expect(ends).toBeGreaterThanOrEqual(365 * 96)
})
