import { describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { ProgressUpdate } from '../../../shared/model/task.js'

async function started(): Promise<QueueBench> {
  const bench = new QueueBench()
  await bench.start()
  return bench
}

const failed = (retryable = true) =>
  ({
    kind: 'failed',
    error: { code: 'command_failed', message: 'exit code 1' },
    output: 'the log',
    retryable,
  }) as const

describe('submit', () => {
  it('answers before any work has started', async () => {
    const bench = await started()
    const submitted = bench.queue.submit({ description: 'a', type: 'command', command: 'true' })
    const startsAtAnswer = submitted.then(() => [...bench.executor.starts])
    expect(await bench.during(startsAtAnswer)).toEqual([])
    const id = await submitted
    await bench.settle()
    expect(bench.executor.starts).toEqual([id])
  })

  it('gives the same id for the same key and content, and a conflict for other content', async () => {
    const bench = await started()
    const first = await bench.submit({ idempotencyKey: 'k' })
    expect(await bench.submit({ idempotencyKey: 'k' })).toBe(first)
    await expect(bench.submit({ idempotencyKey: 'k', priority: 9 })).rejects.toMatchObject({
      code: 'conflict',
      data: { taskId: first },
    })
    expect(bench.queue.list({ limit: 10 }).tasks).toHaveLength(1)
  })

  it.each([
    [{ notify: 'verbose', parentId: 'task_a' }, 'invalid_params', /notify: a task below/],
    [{ command: undefined }, 'invalid_params', /command: missing/],
    [{ type: 'analysis' }, 'invalid_params', /done by an agent/],
    [{ conversationId: 'conv_none' }, 'not_found', /no conversation conv_none/],
    [{ workspace: 'relative' }, 'invalid_params', /is relative/],
    [{ workspace: '/no/such/folder' }, 'not_found', /no folder "\/no\/such\/folder"/],
    [{ workspace: process.execPath }, 'not_found', /is a file/],
  ] as const)('refuses %j', async (change, code, message) => {
    const bench = await started()
    const submit = bench.submit(change as Parameters<typeof bench.submit>[0])
    await expect(submit).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    expect(bench.queue.list({ limit: 10 }).tasks).toEqual([])
  })
})

describe('order', () => {
  it('starts the most urgent first, and first in first out within a priority', async () => {
    const bench = await started()
    bench.queue.pause()
    const low = await bench.submit({ priority: 1 })
    const five = await bench.submit()
    const alsoFive = await bench.submit()
    const high = await bench.submit({ priority: 10 })
    bench.queue.resume()
    await bench.settle()
    expect(bench.executor.starts).toEqual([high, five, alsoFive, low])
  })

  it('lets a task that has waited long overtake a more urgent newcomer', async () => {
    const bench = await started()
    bench.queue.pause()
    const old = await bench.submit({ priority: 1 })
    await bench.clock.advanceAsync(50 * 60_000)
    const fresh = await bench.submit({ priority: 10 })
    bench.queue.resume()
    await bench.settle()
    expect(bench.executor.starts).toEqual([old, fresh])
  })

  it('never holds back a task behind one that cannot start', async () => {
    const bench = await started()
    const e2e = { type: 'e2e_test', command: 'true' } as const
    const running = await bench.submit(e2e)
    const blocked = await bench.submit({ ...e2e, priority: 10 })
    const command = await bench.submit({ priority: 1 })
    expect(bench.running).toEqual([running, command])
    expect(bench.queue.getStatus(blocked).waitingFor).toMatchObject({
      reason: 'limit',
      detail: '1 of 1 end-to-end tests are running.',
      blockedBy: [running],
    })
  })
})

describe('limits', () => {
  it('runs at most five at once, two of them builds, and goes on by itself', async () => {
    const bench = await started()
    const builds: TaskId[] = []
    for (let i = 0; i < 3; i++) builds.push(await bench.submit({ type: 'build' }))
    const commands: TaskId[] = []
    for (let i = 0; i < 5; i++) commands.push(await bench.submit())
    expect(bench.running).toEqual([...builds.slice(0, 2), ...commands.slice(0, 3)])
    bench.executor.end(bench.running[0] as TaskId)
    await bench.settle()
    expect(bench.running).toContain(builds[2])
    expect(bench.queue.state()).toMatchObject({
      runningCount: 5,
      pendingCount: 2,
      heldBackBy: ['limit'],
    })
  })

  it('changes live, one figure at a time, and survives a restart', async () => {
    const bench = await started()
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    const first = await bench.submit()
    const second = await bench.submit()
    expect(bench.running).toEqual([first])
    expect(bench.queue.setLimits({ maxConcurrentTasks: 2 }).maxConcurrentE2E).toBe(1)
    await bench.settle()
    expect(bench.running).toEqual([first, second])
    await bench.crash()
    expect(bench.queue.limits.maxConcurrentTasks).toBe(2)
  })

  it('holds everything while paused, also after a restart', async () => {
    const bench = await started()
    bench.queue.pause()
    const id = await bench.submit()
    await bench.crash()
    expect(bench.running).toEqual([])
    expect(bench.queue.getStatus(id).waitingFor?.reason).toBe('paused')
    bench.queue.resume()
    await bench.settle()
    expect(bench.running).toEqual([id])
  })
})

describe('gauges', () => {
  it('hold back starts above the threshold, say so once, and let go by themselves', async () => {
    const bench = await started()
    const holder = await bench.submit()
    bench.gauge.show({ cpu: 90, memory: 10 })
    const id = await bench.submit()
    expect(bench.queue.getStatus(id).waitingFor).toMatchObject({
      reason: 'cpu',
      detail: expect.stringContaining('CPU is at 90 %'),
    })
    bench.gauge.show({ cpu: 68 })
    await bench.settle()
    expect(bench.running).toEqual([holder])
    bench.gauge.show({ cpu: 60 })
    await bench.settle()
    expect(bench.running).toEqual([holder, id])
    const changes = bench.events.filter((event) => event.name === 'queue.changed')
    expect(changes.map((event) => event.payload.heldBackBy)).toEqual([['cpu'], []])
  })

  it('let one task run after the grace time on a machine that stays busy', async () => {
    const bench = await started()
    bench.gauge.show({ cpu: 100, memory: 99 })
    const first = await bench.submit()
    const second = await bench.submit()
    await bench.clock.advanceAsync(9_999)
    expect(bench.running).toEqual([])
    expect(bench.queue.getStatus(first).waitingFor?.reason).toBe('memory')
    await bench.clock.advanceAsync(1)
    await bench.settle()
    expect(bench.running).toEqual([first])
    bench.executor.end(first)
    await bench.settle()
    expect(bench.running).toEqual([second])
  })

  it('are switched off by a threshold of 100', async () => {
    const bench = await started()
    bench.queue.setLimits({ cpuThreshold: 100, memoryThreshold: 100 })
    bench.gauge.show({ cpu: 100, memory: 100 })
    const id = await bench.submit()
    expect(bench.running).toEqual([id])
  })
})

describe('ends', () => {
  it('tells of success with output and metrics', async () => {
    const bench = await started()
    const id = await bench.submit()
    await bench.clock.advanceAsync(2_500)
    bench.executor.end(id, { kind: 'completed', output: 'all good' })
    await bench.settle()
    expect(bench.queue.getStatus(id)).toMatchObject({ state: 'completed', progress: 100 })
    expect(bench.queue.getResult(id)).toEqual({
      success: true,
      output: 'all good',
      metrics: { duration: 2.5, tokensUsed: 0, agentsInvolved: [] },
    })
    expect(bench.namesOf(id)).toEqual(['task.created', 'task.started', 'task.completed'])
  })

  it('tries again after a failure, with growing pauses, as often as allowed', async () => {
    const bench = await started()
    const id = await bench.submit({ maxAttempts: 3 })
    bench.executor.end(id, failed())
    await bench.settle()
    const waiting = bench.queue.getStatus(id)
    expect(waiting).toMatchObject({ state: 'pending', waitingFor: { reason: 'backoff' } })
    await bench.clock.advanceAsync(999)
    expect(bench.executor.starts).toHaveLength(1)
    await bench.clock.advanceAsync(251)
    expect(bench.executor.starts).toHaveLength(2)
    bench.executor.end(id, failed())
    await bench.clock.advanceAsync(2_500)
    await bench.settle()
    bench.executor.end(id, failed())
    await bench.settle()
    expect(bench.queue.get(id)).toMatchObject({
      task: { state: 'failed', attempt: 3, error: { code: 'command_failed' } },
      result: { success: false, output: 'the log' },
    })
  })

  it('does not try again what cannot succeed', async () => {
    const bench = await started()
    const id = await bench.submit({ maxAttempts: 5 })
    bench.executor.end(id, failed(false))
    await bench.settle()
    expect(bench.queue.getStatus(id).state).toBe('failed')
  })

  it('ends a task that takes too long', async () => {
    const bench = await started()
    const id = await bench.submit({ timeoutMs: 5_000 })
    await bench.clock.advanceAsync(5_000)
    await bench.settle()
    expect(bench.queue.getStatus(id)).toMatchObject({
      state: 'failed',
      error: { code: 'timeout', message: 'did not end within 5 s' },
    })
  })

  it('fails a task whose executor throws, and goes on with the next', async () => {
    const bench = await started()
    const id = await bench.submit()
    const throwing = { execute: () => Promise.reject(new Error('a defect')) }
    bench.executor.end(id)
    const { execute } = bench.executor
    bench.executor.execute = throwing.execute
    const broken = await bench.submit()
    bench.executor.execute = execute.bind(bench.executor)
    expect(bench.queue.getStatus(broken)).toMatchObject({
      state: 'failed',
      error: { code: 'internal', message: 'a defect' },
    })
    const next = await bench.submit()
    expect(bench.running).toEqual([next])
  })

  it('gives up its slot while it waits, and is first in line afterwards', async () => {
    const bench = await started()
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    const id = await bench.submit({ priority: 1 })
    const other = await bench.submit({ priority: 10 })
    const third = await bench.submit({ priority: 10 })
    bench.executor.end(id, {
      kind: 'waiting',
      reason: 'quota',
      detail: 'rate limited',
      untilMs: bench.clock.now() + 5_000,
    })
    await bench.settle()
    expect(bench.running).toEqual([other])
    expect(bench.queue.getStatus(id).waitingFor).toMatchObject({
      reason: 'quota',
      detail: 'rate limited',
    })
    await bench.clock.advanceAsync(5_000)
    bench.executor.end(other)
    await bench.settle()
    expect(bench.running).toEqual([id])
    expect(bench.queue.get(id).task.attempt).toBe(1)
    bench.executor.end(id)
    await bench.settle()
    expect(bench.running).toEqual([third])
  })
})

describe('cancel', () => {
  it('ends a pending task at once', async () => {
    const bench = await started()
    bench.queue.pause()
    const id = await bench.submit()
    expect(await bench.during(bench.queue.cancel(id))).toBe('cancelled')
    bench.queue.resume()
    await bench.settle()
    expect(bench.executor.starts).toEqual([])
    expect(bench.queue.getResult(id)).toMatchObject({
      success: false,
      error: { code: 'cancelled' },
    })
  })

  it('ends a running task, keeps its output, and frees the slot', async () => {
    const bench = await started()
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    const id = await bench.submit()
    const next = await bench.submit()
    expect(await bench.during(bench.queue.cancel(id))).toBe('cancelled')
    await bench.settle()
    expect(bench.queue.getResult(id)?.output).toBe('partial')
    expect(bench.running).toEqual([next])
    await expect(bench.during(bench.queue.cancel(id))).rejects.toMatchObject({
      code: 'invalid_state',
    })
  })

  it('frees the slot only when the processes are dead, even if the executor is deaf', async () => {
    const bench = await started()
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    let letDie: () => void = () => undefined
    bench.processes.run = (request) =>
      new Promise((resolve) => {
        request.onSpawn?.({ pid: 7, startTime: 'x' })
        letDie = () =>
          resolve({
            exitCode: null,
            signal: 'SIGKILL',
            endedBy: 'abort',
            durationMs: 0,
            peakMemoryBytes: null,
          })
      })
    bench.executor.execute = (context) => {
      void context.spawn({ command: { kind: 'shell', line: 'sleep 99' }, cwd: '/' })
      return new Promise(() => undefined)
    }
    const id = await bench.submit()
    const next = await bench.submit()
    const cancelled = bench.queue.cancel(id)
    await bench.clock.advanceAsync(10_000)
    expect(bench.queue.getStatus(id).state).toBe('running')
    expect(bench.queue.getStatus(next).state).toBe('pending')
    letDie()
    await bench.clock.advanceAsync(1_000)
    expect(await cancelled).toBe('cancelled')
    await bench.settle()
    expect(bench.queue.getStatus(next).state).toBe('running')
  })

  it('knows no such task', async () => {
    const bench = await started()
    await expect(bench.during(bench.queue.cancel('task_none' as TaskId))).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('retry and run now', () => {
  it('runs a failed task again under its own id', async () => {
    const bench = await started()
    const id = await bench.submit()
    bench.executor.end(id, failed())
    await bench.settle()
    expect(bench.queue.retry(id)).toBe('pending')
    await bench.settle()
    expect(bench.running).toEqual([id])
    expect(() => bench.queue.retry(id)).toThrowError(/is running/)
    bench.executor.end(id)
    await bench.settle()
    expect(bench.queue.get(id)).toMatchObject({ task: { state: 'completed', attempt: 2 } })
  })

  it('overrides limits, pause, gauges and backoff for one task', async () => {
    const bench = await started()
    bench.gauge.show({ cpu: 99 })
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    const backoff = await bench.submit({ maxAttempts: 2 })
    bench.queue.runNow(backoff)
    await bench.settle()
    bench.executor.end(backoff, failed())
    await bench.settle()
    bench.queue.pause()
    bench.queue.runNow(backoff)
    await bench.settle()
    expect(bench.running).toEqual([backoff])
    const other = await bench.submit()
    bench.queue.runNow(other)
    await bench.settle()
    expect(bench.running).toEqual([backoff, other])
  })
})

describe('restart', () => {
  it('runs interrupted tasks again without using up an attempt, three times at most', async () => {
    const bench = await started()
    const id = await bench.submit()
    await bench.crash()
    expect(bench.running).toEqual([id])
    expect(bench.queue.get(id).task.attempt).toBe(1)
    await bench.crash()
    expect(bench.running).toEqual([id])
    await bench.crash()
    expect(bench.running).toEqual([])
    expect(bench.queue.getStatus(id)).toMatchObject({
      state: 'failed',
      error: { code: 'interrupted' },
    })
  })

  it('counts only crashes in a row: an orderly stop begins anew', async () => {
    const bench = await started()
    const id = await bench.submit()
    for (let i = 0; i < 3; i++) {
      await bench.crash()
      expect(bench.running).toEqual([id])
      await bench.queue.stop()
      expect(bench.queue.getStatus(id).state).toBe('pending')
      await bench.crash()
    }
    expect(bench.queue.getStatus(id).state).toBe('running')
  })

  it('kills what the dead host had started, before anything runs', async () => {
    const bench = await started()
    bench.executor.execute = (context) => {
      void context.spawn({ command: { kind: 'shell', line: 'sleep 99' }, cwd: '/' })
      return new Promise(() => undefined)
    }
    await bench.submit()
    const [child] = bench.processes.started
    await bench.crash()
    expect(bench.processes.killed).toEqual([child?.identity])
    expect(bench.processes.killedMarkers).toEqual(['data:task_x', 'data:task_x'])
  })
})

describe('progress', () => {
  it('follows the plan, and every update is read once and in order, from anywhere', async () => {
    const bench = await started()
    const id = await bench.submit()
    const { context } = bench.executor.running.get(id) ?? expect.fail()
    const updates: ProgressUpdate[] = []
    const reading = (async () => {
      for await (const update of bench.queue.streamProgress(id)) updates.push(update)
    })()
    context.setPlan([
      { title: 'look', state: 'active' },
      { title: 'report', state: 'pending' },
    ])
    await bench.clock.advanceAsync(10_000)
    context.setPlan([
      { title: 'look', state: 'done' },
      { title: 'report', state: 'active' },
    ])
    expect(bench.queue.getStatus(id)).toMatchObject({
      progress: 50,
      currentStep: 'report',
      estimatedTimeRemaining: 10,
    })
    bench.executor.end(id)
    await bench.settle()
    await reading
    expect(updates.map((update) => [update.step, update.progress])).toEqual([
      ['look', 0],
      ['report', 50],
    ])
    const late: number[] = []
    for await (const { progress } of bench.queue.streamProgress(id)) late.push(progress)
    expect(late).toEqual([0, 50])
  })

  it('waits for a result no longer than asked', async () => {
    const bench = await started()
    const id = await bench.submit()
    const signal = new AbortController().signal
    const tooShort = bench.queue.waitForResult(id, 1_000, signal)
    await bench.clock.advanceAsync(1_000)
    expect(await tooShort).toBeNull()
    const long = bench.queue.waitForResult(id, 60_000, signal)
    bench.executor.end(id)
    await bench.settle()
    expect(await long).toMatchObject({ success: true })
    const aborted = bench.queue.waitForResult(await bench.submit(), 60_000, AbortSignal.abort())
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('log', () => {
  it('stores output in pieces that can be read from any offset', async () => {
    const bench = await started()
    const id = await bench.submit()
    const { context } = bench.executor.running.get(id) ?? expect.fail()
    context.output('hello ')
    await bench.clock.advanceAsync(50)
    context.output('world')
    bench.executor.end(id)
    await bench.settle()
    await bench.settle()
    expect(bench.queue.traces.log(id, 0)).toEqual({
      text: 'hello world',
      offset: 0,
      nextOffset: 11,
      complete: true,
    })
    expect(bench.queue.traces.log(id, 8).text).toBe('rld')
    expect(bench.queue.traces.log(id, 11)).toMatchObject({ text: '', complete: true })
  })
})
