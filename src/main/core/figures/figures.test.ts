import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
})
afterEach(() => bench.db.close())

const fail = (code: 'command_failed' | 'timeout') =>
  ({ kind: 'failed', error: { code, message: 'no' }, output: '', retryable: false }) as const

describe('the figures of a queue', () => {
  it('are empty at first', () => {
    expect(bench.queue.stats(1)).toMatchObject({
      completed: 0,
      throughputPerHour: null,
      meanWait: null,
      runningTime: { serial: 0, busy: 0, saved: 0 },
      failures: [],
    })
  })

  it('tell what tasks side by side have saved, how long they waited, and why they failed', async () => {
    bench.queue.setLimits({ maxConcurrentTasks: 2 })
    const ids = [await bench.submit(), await bench.submit(), await bench.submit()]
    bench.gauge.show({ cpu: 40, memory: 30 })
    await bench.clock.advanceAsync(60_000)
    bench.executor.end(ids[0] as TaskId)
    bench.executor.end(ids[1] as TaskId, fail('command_failed'))
    await bench.settle()
    await bench.clock.advanceAsync(60_000)
    bench.executor.end(ids[2] as TaskId, fail('command_failed'))
    await bench.settle()
    expect(bench.queue.stats(1)).toMatchObject({
      completed: 1,
      failed: 2,
      throughputPerHour: 30,
      runningTime: { serial: 180, busy: 120, saved: 60 },
      meanWait: 20,
      failures: [{ cause: 'command_failed', count: 2 }],
      byType: [{ type: 'command', completed: 1, failed: 2, runningTime: 180 }],
      peak: { cpu: 40, memory: 30 },
    })
  })

  it('count a task that is tried again once, by its last end', async () => {
    const id = await bench.submit()
    await bench.clock.advanceAsync(10_000)
    bench.executor.end(id, fail('timeout'))
    await bench.settle()
    bench.queue.retry(id)
    await bench.settle()
    expect(bench.queue.stats(1)).toMatchObject({ failed: 0, failures: [] })
    await bench.clock.advanceAsync(10_000)
    bench.executor.end(id)
    await bench.settle()
    expect(bench.queue.stats(1)).toMatchObject({
      completed: 1,
      failed: 0,
      runningTime: { serial: 20, busy: 20 },
    })
  })

  it('are those of the days that are asked for', async () => {
    const id = await bench.submit()
    bench.executor.end(id)
    await bench.settle()
    await bench.clock.advanceAsync(2 * 24 * 60 * 60_000)
    expect(bench.queue.stats(2).completed).toBe(0)
    expect(bench.queue.stats(3).completed).toBe(1)
  })
})
