import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { needOf, stillToCome } from './forecast.js'
import { FORECAST_PATIENCE_MS } from './line-up.js'
import { GIVE_WAY_AFTER_MS, whoGivesWay } from './memory-pressure.js'

const GIB = 1024 ** 3

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  bench.gauge.memoryBytes = 10 * GIB
  await bench.start()
  bench.gauge.show({ cpu: 10, memory: 50 })
})
afterEach(() => bench.db.close())

/** Runs a command to its end, with a process that takes so much. */
async function measured(command: string, memoryBytes: number, cpuPercent = 0): Promise<TaskId> {
  const id = await bench.submit({ command })
  const run = bench.executor.running.get(id)
  void run?.context.spawn({ command: { kind: 'shell', line: command }, cwd: '/' })
  const process = bench.processes.started.at(-1)
  process?.request.onSample?.({ memoryBytes, cpuPercent, processes: 1 })
  process?.end(0)
  await bench.settle()
  bench.executor.end(id)
  await bench.settle()
  return id
}

describe('a task whose kind has been measured', () => {
  it('keeps the highest use that was seen', async () => {
    const id = await measured('hog', 2 * GIB, 55)
    expect(bench.queue.get(id).task.peak).toEqual({ memoryBytes: 2 * GIB, cpuPercent: 55 })
  })

  it('waits while it would probably need more memory than there is, and says so', async () => {
    await measured('hog', 4 * GIB)
    const other = await bench.submit({ command: 'other' })
    const hog = await bench.submit({ command: 'hog' })
    expect(bench.queue.getStatus(hog)).toMatchObject({
      state: 'pending',
      waitingFor: {
        reason: 'memory',
        detail:
          'Memory is at 50 %, and this task probably needs 40 % by past runs; together above the limit of 85 %.',
      },
    })
    bench.gauge.show({ memory: 40 })
    await bench.settle()
    expect(bench.queue.getStatus(hog).state).toBe('running')
    expect(bench.queue.getStatus(other).state).toBe('running')
  })

  it('never holds back a smaller one behind it', async () => {
    await measured('hog', 4 * GIB)
    await bench.submit({ command: 'other' })
    const hogs = await Promise.all(
      Array.from({ length: 8 }, () => bench.submit({ command: 'hog', priority: 9 })),
    )
    const small = await bench.submit({ command: 'small', priority: 1 })
    expect(bench.queue.getStatus(small).state).toBe('running')
    expect(bench.queue.getStatus(hogs[0] as TaskId).state).toBe('pending')
  })

  it('is held back by a forecast for a minute, then only by the gauges', async () => {
    await measured('hog', 4 * GIB)
    await bench.submit({ command: 'other' })
    const hog = await bench.submit({ command: 'hog' })
    await bench.clock.advanceAsync(FORECAST_PATIENCE_MS)
    bench.gauge.show({ memory: 50 })
    await bench.settle()
    expect(bench.queue.getStatus(hog).state).toBe('running')
  })

  it('counts what one that has just begun will still take', async () => {
    await measured('hog', 2 * GIB)
    const first = await bench.submit({ command: 'hog' })
    const second = await bench.submit({ command: 'hog' })
    expect(bench.queue.getStatus(first).state).toBe('running')
    expect(bench.queue.getStatus(second).waitingFor).toMatchObject({
      reason: 'memory',
      detail: expect.stringContaining('running ones will probably take 20 % more'),
    })
  })

  it('waits for the processor only beside others, and not with a threshold of 100', async () => {
    await measured('build', 0, 90)
    const alone = await bench.submit({ command: 'build' })
    expect(bench.queue.getStatus(alone).state).toBe('running')
    const second = await bench.submit({ command: 'build' })
    expect(bench.queue.getStatus(second).waitingFor?.reason).toBe('cpu')
    bench.queue.setLimits({ cpuThreshold: 100 })
    await bench.settle()
    expect(bench.queue.getStatus(second).state).toBe('running')
  })
})

it('a need is the most that was seen, and what is still to come is never negative', () => {
  const run = { runningMs: 1, memoryBytes: GIB, cpuPercent: 20 }
  expect(needOf([run, { ...run, memoryBytes: 2 * GIB, cpuPercent: null }], 10 * GIB)).toEqual({
    memory: 20,
    cpu: 20,
  })
  expect(needOf([run], null)).toEqual({ memory: 0, cpu: 20 })
  expect(stillToCome({ memory: 5, cpu: 5 }, { memory: 9, cpu: 1 })).toEqual({ memory: 0, cpu: 4 })
})

describe('memory that stays short', () => {
  const run = { lane: 'agent', priority: 5, startedAtMs: 0, givesWay: false } as const
  const [a, b, c] = ['task_a', 'task_b', 'task_c'] as [TaskId, TaskId, TaskId]

  it('makes the least urgent agent give way, of equals the youngest, one at a time', () => {
    const runs = [
      { ...run, id: a, priority: 9 },
      { ...run, id: b, startedAtMs: 1 },
      { ...run, id: c, startedAtMs: 2 },
    ]
    expect(whoGivesWay(runs, 0, GIVE_WAY_AFTER_MS - 1)).toBeNull()
    expect(whoGivesWay(runs, 0, GIVE_WAY_AFTER_MS)).toBe(c)
    expect(whoGivesWay([...runs, { ...run, id: a, givesWay: true }], 0, 1e6)).toBeNull()
    expect(whoGivesWay([{ ...run, id: a }], 0, 1e6)).toBeNull()
    expect(
      whoGivesWay(
        [
          { ...run, id: a, lane: 'build' },
          { ...run, id: b, lane: 'build' },
        ],
        0,
        1e6,
      ),
    ).toBeNull()
  })

  it('sends it back into the line between two steps, from where it goes on', async () => {
    const agent = { type: 'analysis', command: undefined } as const
    const stays = await bench.submit({ ...agent, priority: 8 })
    const leaves = await bench.submit(agent)
    bench.gauge.show({ memory: 95 })
    await bench.clock.advanceAsync(GIVE_WAY_AFTER_MS)
    bench.gauge.show({ memory: 95 })
    expect(bench.executor.running.get(stays)?.context.mustGiveWay()).toBe(false)
    expect(bench.executor.running.get(leaves)?.context.mustGiveWay()).toBe(true)
    bench.executor.end(leaves, { kind: 'gave_way' })
    await bench.settle()
    expect(bench.queue.getStatus(leaves)).toMatchObject({
      state: 'pending',
      waitingFor: { reason: 'memory' },
    })
    bench.gauge.show({ memory: 60 })
    bench.gauge.show({ memory: 60 })
    await bench.settle()
    expect(bench.queue.get(leaves).task).toMatchObject({ state: 'running', attempt: 1 })
  })
})

it('a timer that stood still while the machine slept is noticed at the next reading', async () => {
  const runAt = bench.clock.now() + 60_000
  const id = await bench.submit({ runAt })
  bench.clock.sleep(3 * 60 * 60_000)
  bench.gauge.show({ cpu: 1 })
  await bench.settle()
  expect(bench.queue.get(id).task).toMatchObject({
    state: 'running',
    missed: { scheduledAt: runAt },
  })
})
