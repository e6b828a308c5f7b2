import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TaskId } from '../../../../../shared/model/ids.js'
import type { TaskView } from '../../../../../shared/model/task.js'
import type { TimelineEntry } from '../../../../../shared/rpc/task.js'
import { barsOf, spanOf, ticksOf } from './bars.js'

function entry(
  task: Partial<TaskView>,
  stretches: readonly (readonly [number, number | null, string | null])[] = [],
): TimelineEntry {
  return {
    task: {
      id: 'task_a' as TaskId,
      type: 'command',
      description: 'a',
      agentType: 'command',
      workspace: '/',
      priority: 5,
      state: 'completed',
      progress: 0,
      steps: [],
      attempt: 1,
      maxAttempts: 1,
      createdAt: 0,
      ...task,
    },
    stretches: stretches.map(([startedAt, endedAt, outcome], index) => {
      return { attempt: index + 1, startedAt, endedAt, outcome }
    }),
    dependencies: [],
  }
}

it('draws a span from its first task on, but no less than five minutes', () => {
  const minutes = (count: number) => count * 60_000
  const until = minutes(1000)
  const since = (createdAt: number) =>
    (until - spanOf([entry({ createdAt })], until, minutes(60)).since) / minutes(1)
  expect(since(until - minutes(1))).toBe(5)
  expect(since(until - minutes(20))).toBeCloseTo(21)
  expect(since(0)).toBe(60)
  // A clock that was set back.
  expect(since(until + minutes(9))).toBe(5)
})

const span = { since: 0, until: 100 }

it('waits before, between and after its stretches', () => {
  const stretches = [
    [20, 40, 'retry'],
    [60, 80, 'failed'],
  ] as const
  expect(barsOf(entry({ state: 'pending' }, stretches), span)).toEqual([
    { kind: 'waiting', from: 0, to: 0.2 },
    { kind: 'running', from: 0.2, to: 0.4 },
    { kind: 'waiting', from: 0.4, to: 0.6 },
    { kind: 'failed', from: 0.6, to: 0.8 },
    { kind: 'waiting', from: 0.8, to: 1 },
  ])
})

it('runs on to now, and is cut where the span begins', () => {
  const running = entry({ state: 'running', createdAt: -200 }, [[-50, null, null]])
  expect(barsOf(running, span)).toEqual([{ kind: 'running', from: 0, to: 1 }])
})

it('shows how long one waited that never began', () => {
  const never = entry({ state: 'cancelled', completedAt: 30 })
  expect(barsOf(never, span)).toEqual([{ kind: 'waiting', from: 0, to: 0.3 }])
})

it('never leaves the span nor turns round, whatever the clock did', () => {
  const instant = fc.integer({ min: -300, max: 300 })
  const stretch = fc.tuple(instant, fc.option(instant), fc.constantFrom('failed', 'retry', null))
  fc.assert(
    fc.property(instant, fc.array(stretch, { maxLength: 5 }), (createdAt, stretches) => {
      for (const { from, to } of barsOf(entry({ createdAt, state: 'pending' }, stretches), span)) {
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(1)
        expect(to).toBeGreaterThanOrEqual(from)
      }
    }),
  )
})

it('marks round instants, few enough to be read', () => {
  const hour = { since: 1_700_000_000_000, until: 1_700_003_600_000 }
  const ticks = ticksOf(hour)
  expect(ticks.length).toBeLessThanOrEqual(9)
  expect(ticks.every((at) => at % 900_000 === 0)).toBe(true)
})
