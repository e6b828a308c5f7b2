import { beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { Blocker } from '../../../shared/model/blocker.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { Blockers, type Question } from './blockers.js'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

let bench: QueueBench
let task: TaskId
let blockers: Blockers
let expiryHours: number | null
let looked: TaskId[]
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
  task = await bench.submit()
  expiryHours = 1
  looked = []
  blockers = open()
  blockers.start()
})

function open(): Blockers {
  const { log, clock, ids, logger } = bench
  const look = (_: unknown, id: TaskId) => void looked.push(id)
  return new Blockers({ log, clock, ids, logger, look, expiryHours: () => expiryHours })
}

function ask(callId: string, change: Partial<Question> = {}): Blocker {
  const asked = { taskId: task, kind: 'sync', source: 'agent', question: 'Which port?' } as const
  return bench.log.transaction((tx) =>
    blockers.raise(tx, { ...asked, options: [], callId, ...change }),
  )
}
const stateOf = ({ id }: Blocker) => blockers.get(id).state
const told = (name: string) => bench.events.filter((event) => event.name === name).length

describe('asking', () => {
  it('happens once for a call', () => {
    expect(ask('a')).toEqual(ask('a'))
    expect(told('blocker.created')).toBe(1)
  })

  it('refuses a question that is too long, and keeps nothing of it', () => {
    expect(() => ask('a', { question: 'x'.repeat(2001) })).toThrow(
      /question: 2001 characters are too many, 2000 is the most/,
    )
    expect(blockers.hasTimers()).toBe(false)
    expect(told('blocker.created')).toBe(0)
  })
})

describe('an answer', () => {
  it('tells who comes second what was answered, and when', () => {
    const { id } = ask('a')
    blockers.answer(id, '80')
    expect(looked).toEqual([task])
    expect(() => blockers.answer(id, '81')).toThrow(
      expect.objectContaining({
        code: 'conflict',
        message: `question ${id} was answered at 2026-01-01T00:00:00.000Z: "80"`,
        data: { answer: '80' },
      }),
    )
    expect(told('blocker.resolved')).toBe(1)
  })

  it('ends the wait for the end of the question', () => {
    const timers = bench.clock.pendingTimers
    const { id } = ask('a')
    blockers.answer(id, '80')
    expect(blockers.hasTimers()).toBe(false)
    bench.clock.advance(DAY)
    expect(stateOf({ id } as Blocker)).toBe('resolved')
    expect(bench.clock.pendingTimers).toBe(timers)
  })
})

describe('expiry', () => {
  it('comes at its instant, once, and lets the task look', () => {
    const asked = ask('a')
    bench.clock.advance(HOUR - 1)
    expect(stateOf(asked)).toBe('open')
    bench.clock.advance(1)
    expect(stateOf(asked)).toBe('expired')
    expect(looked).toEqual([task])
    expect(told('blocker.expired')).toBe(1)
    expect(() => blockers.answer(asked.id, 'late')).toThrow(
      expect.objectContaining({ code: 'invalid_state' }),
    )
  })

  it('is that of the setting when it was asked', () => {
    expiryHours = null
    const patient = ask('a')
    expiryHours = 48
    const asked = ask('b')
    expiryHours = 1
    bench.clock.advance(2 * DAY - 1)
    expect(stateOf(asked)).toBe('open')
    bench.clock.advance(1)
    expect([stateOf(asked), stateOf(patient)]).toEqual(['expired', 'open'])
    expect(blockers.hasTimers()).toBe(false)
  })

  it('is late by no more than the longest timer after the machine slept or its clock was set forward', () => {
    expiryHours = 24
    const asked = ask('a')
    bench.clock.sleep(2 * DAY)
    bench.clock.advance(HOUR)
    expect(stateOf(asked)).toBe('expired')
  })

  it('never comes before its instant when the clock was set back', () => {
    const asked = ask('a')
    bench.clock.setBack(DAY)
    bench.clock.advance(DAY + HOUR - 1)
    expect(stateOf(asked)).toBe('open')
    bench.clock.advance(1)
    expect(stateOf(asked)).toBe('expired')
  })

  it('is caught up with at the start, also for more than fit one commit', () => {
    const asked = Array.from({ length: 150 }, (_, n) => ask(`call ${n}`))
    blockers.stop()
    bench.clock.advance(DAY)
    expect(asked.map(stateOf)).not.toContain('expired')
    blockers = open()
    blockers.start()
    bench.clock.advance(1_000)
    expect(new Set(asked.map(stateOf))).toEqual(new Set(['expired']))
    expect(told('blocker.expired')).toBe(150)
  })
})
