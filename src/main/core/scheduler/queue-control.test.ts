import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
})
afterEach(() => bench.db.close())
const stateOf = (id: Parameters<typeof bench.queue.getStatus>[0]) => bench.queue.getStatus(id).state

describe('draining', () => {
  it('runs what is there to its end, takes nothing new, and outlives the host', async () => {
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    const [first, second] = [await bench.submit(), await bench.submit()]
    expect(bench.queue.drain()).toMatchObject({ draining: true, paused: false })
    await expect(bench.submit()).rejects.toMatchObject({
      code: 'invalid_state',
      message: expect.stringContaining('drained'),
    })
    bench.executor.end(first)
    await bench.settle()
    expect(stateOf(second)).toBe('running')
    await bench.crash()
    expect(bench.queue.state().draining).toBe(true)
    bench.executor.end(second)
    await bench.settle()
    expect(bench.queue.resume().draining).toBe(false)
    await bench.submit()
  })

  it('begins nothing whose instant comes meanwhile, and makes up for it afterwards', async () => {
    const runAt = bench.clock.now() + 60_000
    const id = await bench.submit({ runAt })
    bench.queue.drain()
    await bench.clock.advanceAsync(5 * 60_000)
    expect(bench.queue.getStatus(id)).toMatchObject({
      state: 'pending',
      waitingFor: { reason: 'schedule' },
    })
    bench.queue.resume()
    await bench.settle()
    expect(bench.queue.get(id).task).toMatchObject({ state: 'running', missed: expect.anything() })
  })
})

describe('clearing', () => {
  it('cancels what waits, with its dependents, and leaves what runs and what comes back', async () => {
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    const running = await bench.submit()
    const waiting = await bench.submit()
    const dependent = await bench.submit({ dependencies: [waiting] })
    const recurring = await bench.submit({ cron: '0 9 * * *', timezone: 'UTC' })
    bench.queue.clear()
    expect([running, waiting, dependent, recurring].map(stateOf)).toEqual([
      'running',
      'cancelled',
      'cancelled',
      'pending',
    ])
  })
})

describe('another priority', () => {
  it('moves a waiting task in the line at once, and is told', async () => {
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    const running = await bench.submit()
    const before = await bench.submit()
    const raised = await bench.submit({ priority: 1 })
    bench.queue.setPriority(raised, 10)
    expect(bench.queue.get(raised).task.priority).toBe(10)
    expect(bench.events.at(-1)).toMatchObject({
      name: 'task.updated',
      payload: { taskId: raised, priority: 10 },
    })
    bench.executor.end(running)
    await bench.settle()
    expect([before, raised].map(stateOf)).toEqual(['pending', 'running'])
    expect(() => bench.queue.setPriority(running, 3)).toThrow(/waits in no line/)
  })
})

describe('attempts', () => {
  it('are all kept, each with its part of the log', async () => {
    const id = await bench.submit({ maxAttempts: 2 })
    bench.executor.running.get(id)?.context.output('first')
    const error = { code: 'command_failed', message: 'no' } as const
    bench.executor.end(id, { kind: 'failed', error, output: '', retryable: true })
    await bench.clock.advanceAsync(5_000)
    bench.executor.running.get(id)?.context.output('second')
    bench.executor.end(id)
    await bench.settle()
    expect(bench.queue.traces.attempts(id)).toMatchObject([
      { attempt: 1, outcome: 'failed', error, logOffset: 0, logEnd: 5 },
      { attempt: 2, outcome: 'completed', error: null, logOffset: 5, logEnd: 11 },
    ])
  })
})
