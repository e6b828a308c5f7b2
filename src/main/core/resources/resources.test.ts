import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { MachineHistory } from './machine-history.js'

const MINUTE_MS = 60_000

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
})
afterEach(() => bench.db.close())

function begin(id: TaskId) {
  const run = bench.executor.running.get(id)
  void run?.context.spawn({ command: { kind: 'shell', line: 'work' }, cwd: '/' })
  const process = bench.processes.started.at(-1)
  if (process === undefined) throw new Error('no process was started')
  return process
}

describe('what a task takes', () => {
  it('is kept over a crash up to the last moments, and told for each stretch', async () => {
    const id = await bench.submit({ command: 'work' })
    const first = begin(id)
    const startedAt = bench.clock.now()
    const sample = { memoryBytes: 1_000, cpuPercent: 10, processes: 1 }
    first.request.onSample?.(sample)
    await bench.clock.advanceAsync(15_000)
    first.request.onSample?.({ ...sample, memoryBytes: 2_000 })
    await bench.clock.advanceAsync(1_000)
    first.request.onSample?.({ ...sample, memoryBytes: 9_000 })
    await bench.crash()
    const again = begin(id)
    again.request.onSample?.({ ...sample, memoryBytes: 3_000 })
    again.end(0)
    bench.executor.end(id)
    await bench.settle()
    const traces = bench.queue.traces.resources(id)
    expect(traces.map(({ points }) => points.map(({ memoryBytes }) => memoryBytes))).toEqual([
      [1_000, 2_000],
      [3_000],
    ])
    expect(traces[0]).toMatchObject({ startedAt, points: [{ at: startedAt, cpu: 10 }, {}] })
  })

  it('is nothing for a task without processes, and not_found for none', async () => {
    const id = await bench.submit()
    expect(bench.queue.traces.resources(id)).toEqual([])
    expect(() => bench.queue.traces.resources('task_none' as TaskId)).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    )
  })
})

describe('how busy the machine was', () => {
  let history: MachineHistory
  beforeEach(() => {
    history = new MachineHistory(bench)
    history.start()
  })
  afterEach(() => history.stop())

  async function minutes(count: number, cpu: number): Promise<void> {
    for (let second = 0; second < count * 60; second += 20) {
      bench.gauge.show({ cpu, memory: null })
      await bench.clock.advanceAsync(20_000)
    }
  }

  it('is told by readings for the last minutes, and by stored minutes before', async () => {
    const begun = bench.clock.now()
    await minutes(30, 40)
    const points = history.read(begun)
    const recent = points.filter(({ at }) => at >= bench.clock.now() - 10 * MINUTE_MS)
    expect(recent.length).toBeGreaterThanOrEqual(29)
    expect(points.length - recent.length).toBeGreaterThanOrEqual(19)
    expect(points.every(({ cpu, memory }) => cpu === 40 && memory === null)).toBe(true)
    expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).toSorted((a, b) => a - b))
  })

  it('forgets after 30 days, leaves gaps where nobody looked, and stays small for any span', async () => {
    await minutes(3, 10)
    await bench.clock.advanceAsync(31 * 24 * 60 * MINUTE_MS)
    await minutes(3, 90)
    const points = history.read(0)
    expect(points.length).toBeLessThan(10)
    expect(points.every(({ cpu }) => cpu === 90)).toBe(true)
  })
})
