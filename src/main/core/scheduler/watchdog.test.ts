import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import { STALL_AFTER_MS } from './stall.js'
import { HEARTBEAT_MS } from './watchdog.js'

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
})
afterEach(() => bench.db.close())

describe('a stall', () => {
  it('is flagged with the last sign of life, told once, and taken back by the next sign', async () => {
    const id = await bench.submit()
    const lastSignMs = bench.clock.now()
    await bench.clock.advanceAsync(STALL_AFTER_MS + HEARTBEAT_MS)
    expect(bench.queue.getStatus(id)).toMatchObject({
      state: 'running',
      stalled: { since: lastSignMs, detail: expect.stringContaining('5 minutes') },
    })
    await bench.clock.advanceAsync(10 * HEARTBEAT_MS)
    expect(bench.namesOf(id).filter((name) => name === 'task.stalled')).toHaveLength(1)
    bench.executor.running.get(id)?.context.output('here I am')
    await bench.clock.advanceAsync(HEARTBEAT_MS)
    expect(bench.queue.getStatus(id).stalled).toBeUndefined()
    expect(bench.events.findLast(({ name }) => name === 'task.stalled')?.payload).toMatchObject({
      taskId: id,
      stalled: null,
    })
  })

  it('is nothing that an ended task keeps', async () => {
    const id = await bench.submit()
    await bench.clock.advanceAsync(STALL_AFTER_MS + HEARTBEAT_MS)
    bench.executor.end(id)
    await bench.settle()
    expect(bench.queue.getStatus(id).stalled).toBeUndefined()
    expect(bench.clock.pendingTimers).toBe(0)
  })
})

describe('a heartbeat', () => {
  it('tells after a crash how long the task had run', async () => {
    const id = await bench.submit()
    await bench.clock.advanceAsync(3 * HEARTBEAT_MS + 5_000)
    await bench.crash()
    expect(bench.queue.traces.attempts(id)).toMatchObject([
      { attempt: 1, outcome: 'interrupted', endedAt: expect.any(Number) },
      { attempt: 1, endedAt: null, outcome: null },
    ])
    bench.executor.end(id)
    await bench.settle()
    expect(bench.queue.getResult(id)?.metrics.duration).toBe((3 * HEARTBEAT_MS) / 1000)
  })

  it('tells when a task ended that is not run again, however long the program was closed', async () => {
    const id = await bench.submit({ onInterruption: 'fail' })
    const startedAt = bench.clock.now()
    await bench.clock.advanceAsync(2 * HEARTBEAT_MS + 5_000)
    await bench.crash(60 * 60 * 1000)
    const interrupted = {
      ...{ attempt: 1, outcome: 'interrupted', error: { code: 'interrupted' } },
      ...{ startedAt, endedAt: startedAt + 2 * HEARTBEAT_MS },
    }
    expect(bench.queue.get(id).task).toMatchObject({ state: 'failed', runningMs: 2 * HEARTBEAT_MS })
    expect(bench.queue.traces.attempts(id)).toMatchObject([interrupted])
    bench.queue.retry(id)
    await bench.settle()
    bench.executor.end(id)
    await bench.settle()
    expect(bench.queue.traces.attempts(id)).toMatchObject([
      interrupted,
      { attempt: 2, outcome: 'completed' },
    ])
  })

  it('counts the time before a crash against the timeout of the attempt', async () => {
    const id = await bench.submit({ timeoutMs: 4 * HEARTBEAT_MS })
    await bench.clock.advanceAsync(3 * HEARTBEAT_MS)
    await bench.crash()
    await bench.clock.advanceAsync(HEARTBEAT_MS)
    expect(bench.queue.getStatus(id)).toMatchObject({ state: 'failed', error: { code: 'timeout' } })
  })
})
