import { beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
})

const fail = (id: TaskId) =>
  bench.executor.end(id, {
    kind: 'failed',
    error: { code: 'command_failed', message: 'no' },
    output: '',
    retryable: false,
  })

async function finish(id: TaskId): Promise<void> {
  bench.executor.end(id)
  await bench.settle()
}

describe('dependencies', () => {
  it('hold a task back, by name, until all of them are done', async () => {
    const a = await bench.submit()
    const b = await bench.submit()
    const last = await bench.submit({ dependencies: [a, b, a] })
    expect(bench.queue.getStatus(last).waitingFor).toMatchObject({
      reason: 'dependency',
      detail: `Waits for ${a}, ${b}.`,
      blockedBy: [a, b],
    })
    await finish(a)
    expect(bench.queue.getStatus(last).waitingFor).toMatchObject({ blockedBy: [b] })
    await finish(b)
    expect(bench.running).toEqual([last])
    expect(bench.queue.get(last).task.dependencies).toEqual([a, b])
  })

  it('run a diamond in order, never a task before what it depends on', async () => {
    const ids: TaskId[] = []
    const edges = [[], [0], [0], [1], [2], [3, 4], [5], [5], [5], [6, 7, 8]]
    for (const edge of edges) {
      ids.push(await bench.submit({ dependencies: edge.map((index) => ids[index] as TaskId) }))
    }
    const done = new Set<TaskId>()
    while (bench.running.length > 0) {
      for (const id of bench.running) {
        const needs = edges[ids.indexOf(id)] ?? []
        expect(needs.every((index) => done.has(ids[index] as TaskId))).toBe(true)
      }
      const [next] = bench.running
      done.add(next as TaskId)
      await finish(next as TaskId)
    }
    expect(done.size).toBe(10)
  })

  it('that fail end the whole chain behind them, each with its reason, and nothing of it runs', async () => {
    const first = await bench.submit()
    const second = await bench.submit({ dependencies: [first] })
    const third = await bench.submit({ dependencies: [second] })
    fail(first)
    await bench.settle()
    expect(bench.queue.getStatus(second)).toMatchObject({
      state: 'cancelled',
      error: {
        code: 'dependency_failed',
        message: `task ${first}, which this one depends on, has failed`,
      },
    })
    expect(bench.queue.getStatus(third)).toMatchObject({
      state: 'cancelled',
      error: { code: 'dependency_failed', message: expect.stringContaining('been cancelled') },
    })
    expect(bench.executor.starts).toEqual([first])
  })

  it('that fail are only over where the task wants to run anyway', async () => {
    const first = await bench.submit()
    const anyway = await bench.submit({ dependencies: [first], onDependencyFailure: 'run' })
    await bench.during(bench.queue.cancel(first))
    await bench.settle()
    expect(bench.running).toEqual([anyway])
  })

  it('that have ended already count at once', async () => {
    const done = await bench.submit()
    await finish(done)
    const failed = await bench.submit()
    fail(failed)
    await bench.settle()
    const after = await bench.submit({ dependencies: [done] })
    expect(bench.running).toEqual([after])
    const never = await bench.submit({ dependencies: [failed] })
    expect(bench.queue.getStatus(never).state).toBe('cancelled')
  })

  it('of which one has failed end a task at once, though others still run', async () => {
    const failed = await bench.submit()
    fail(failed)
    await bench.settle()
    const open = await bench.submit()
    const id = await bench.submit({ dependencies: [open, failed] })
    expect(bench.queue.getStatus(id)).toMatchObject({
      state: 'cancelled',
      error: { code: 'dependency_failed', message: expect.stringContaining(failed) },
    })
  })

  it('that are tried again are waited for by those that are tried again as well', async () => {
    const first = await bench.submit()
    const second = await bench.submit({ dependencies: [first] })
    fail(first)
    await bench.settle()
    bench.queue.retry(first)
    bench.queue.retry(second)
    await bench.settle()
    expect(bench.running).toEqual([first])
    expect(bench.queue.getStatus(second).waitingFor).toMatchObject({
      reason: 'dependency',
      blockedBy: [first],
    })
    await finish(first)
    expect(bench.running).toEqual([second])
  })

  it('must exist', async () => {
    await expect(bench.submit({ dependencies: ['task_none' as TaskId] })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringMatching(/^dependencies: there is no task task_none/),
    })
    expect(bench.queue.list({ limit: 10 }).tasks).toEqual([])
  })

  it('cannot be overridden, and survive a restart', async () => {
    const first = await bench.submit()
    const second = await bench.submit({ dependencies: [first] })
    expect(() => bench.queue.runNow(second)).toThrowError(/waits for dependency/)
    await bench.crash()
    expect(bench.running).toEqual([first])
    await finish(first)
    expect(bench.running).toEqual([second])
  })

  it('of a long chain that fails end it in one commit', async () => {
    bench.queue.pause()
    const first = await bench.submit()
    let last = first
    for (let i = 0; i < 2_000; i++) {
      last = await bench.submit({ dependencies: [last] })
    }
    await bench.during(bench.queue.cancel(first))
    expect(bench.queue.getStatus(last)).toMatchObject({
      state: 'cancelled',
      error: { code: 'dependency_failed' },
    })
    expect(bench.queue.state().pendingCount).toBe(0)
  })
})

describe('an instant to run at', () => {
  const hour = 3_600_000

  it('holds a task back until it has come', async () => {
    const runAt = bench.clock.now() + hour
    const id = await bench.submit({ runAt })
    expect(bench.queue.getStatus(id).waitingFor).toMatchObject({
      reason: 'schedule',
      detail: `Starts at ${new Date(runAt).toISOString()}.`,
    })
    await bench.clock.advanceAsync(hour - 1)
    expect(bench.running).toEqual([])
    await bench.clock.advanceAsync(1)
    expect(bench.running).toEqual([id])
    expect(bench.queue.get(id).task).toMatchObject({ runAt })
    expect(bench.queue.get(id).task.missed).toBeUndefined()
  })

  it('comes after the dependencies', async () => {
    const first = await bench.submit()
    const second = await bench.submit({
      dependencies: [first],
      runAt: bench.clock.now() + hour,
    })
    expect(bench.queue.getStatus(second).waitingFor?.reason).toBe('dependency')
    await finish(first)
    expect(bench.queue.getStatus(second).waitingFor?.reason).toBe('schedule')
    await bench.clock.advanceAsync(hour)
    expect(bench.running).toEqual([second])
  })

  it('that passed while nobody was there is made up for, and both times are told', async () => {
    const runAt = bench.clock.now() + hour
    const id = await bench.submit({ runAt })
    await bench.queue.stop()
    await bench.clock.advanceAsync(3 * hour)
    await bench.crash()
    expect(bench.running).toEqual([id])
    expect(bench.queue.get(id).task.missed).toEqual({
      scheduledAt: runAt,
      ranAt: bench.clock.now(),
    })
  })

  it.each([
    ['skip', 0.5],
    [{ policy: 'run_all', maxAgeMs: hour }, 2],
  ] as const)('is given up under %j when it passed %d hours ago', async (misfire, hours) => {
    const id = await bench.submit({ runAt: bench.clock.now() + hour, misfire })
    await bench.queue.stop()
    await bench.clock.advanceAsync((1 + hours) * hour)
    await bench.crash()
    expect(bench.queue.getStatus(id)).toMatchObject({
      state: 'cancelled',
      error: { message: expect.stringMatching(/^missed .* was not to run late \(misfire: /) },
    })
  })

  it.each([
    [{ runAt: 5 }, /^runAt: 1970-01-01T00:00:00.005Z is in the past/],
    [{ misfire: 'skip' }, /^misfire: needs runAt/],
  ] as const)('refuses %j', async (change, message) => {
    await expect(bench.submit(change)).rejects.toMatchObject({
      code: 'invalid_params',
      message: expect.stringMatching(message),
    })
  })
})
