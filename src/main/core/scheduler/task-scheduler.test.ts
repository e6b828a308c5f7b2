import { describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { countQuarantined } from '../store/queries/quarantine.js'
import type { ExecutionOutcome } from './executor.js'

async function started(): Promise<QueueBench> {
  const bench = new QueueBench()
  await bench.start()
  return bench
}

function damage(bench: QueueBench, id: TaskId): void {
  bench.db.prepare(`UPDATE tasks SET plan = '{broken', misfire = '?' WHERE id = ?`).run(id)
}

const untilLater = (bench: QueueBench) =>
  ({
    kind: 'waiting',
    reason: 'quota',
    detail: 'rate limited',
    untilMs: bench.clock.now() + 5_000,
  }) as const

describe('a task whose row is damaged', () => {
  it('fails, says so, and holds back nobody', async () => {
    const bench = await started()
    bench.queue.pause()
    const broken = await bench.submit({ priority: 10 })
    const sound = await bench.submit()
    damage(bench, broken)
    bench.queue.resume()
    await bench.settle()
    expect(bench.running).toEqual([sound])
    expect(bench.queue.getStatus(broken)).toMatchObject({
      state: 'failed',
      error: { code: 'internal', message: expect.stringContaining('cannot be read') },
    })
    expect(bench.namesOf(broken)).toEqual(['task.created', 'task.failed'])
  })

  it('is never started when nothing of it can be read', async () => {
    const bench = await started()
    bench.queue.pause()
    const broken = await bench.submit()
    bench.db.prepare(`UPDATE tasks SET type = 'unheard_of' WHERE id = ?`).run(broken)
    bench.queue.resume()
    await bench.settle()
    expect(bench.executor.starts).toEqual([])
    expect(bench.queue.state().pendingCount).toBe(0)
  })

  it('fails when its wait is over', async () => {
    const bench = await started()
    const id = await bench.submit()
    bench.executor.end(id, untilLater(bench))
    await bench.settle()
    damage(bench, id)
    await bench.clock.advanceAsync(5_000)
    await bench.settle()
    expect(bench.queue.getStatus(id).state).toBe('failed')
    expect(bench.clock.pendingTimers).toBe(0)
  })

  it('fails when it ends, instead of running for ever', async () => {
    const bench = await started()
    const id = await bench.submit()
    damage(bench, id)
    bench.executor.end(id)
    await bench.settle()
    expect(bench.queue.getStatus(id).state).toBe('failed')
  })

  it('fails after a crash', async () => {
    const bench = await started()
    const id = await bench.submit()
    damage(bench, id)
    await bench.crash()
    expect(bench.queue.getStatus(id).state).toBe('failed')
    expect(bench.running).toEqual([])
  })
})

describe('a list of tasks', () => {
  it('reads no results, which may be large', async () => {
    const bench = await started()
    const id = await bench.submit()
    bench.executor.end(id)
    await bench.settle()
    bench.db.prepare(`UPDATE tasks SET result = '{broken' WHERE id = ?`).run(id)
    expect(bench.queue.list({ limit: 10 }).tasks).toMatchObject([{ id, state: 'completed' }])
  })
})

describe('a damaged row in a list', () => {
  it('does not hide what comes after it', async () => {
    const bench = await started()
    const old = await bench.submit()
    const broken = await bench.submit()
    bench.db.prepare(`UPDATE tasks SET type = '?' WHERE id = ?`).run(broken)
    const first = bench.queue.list({ limit: 1 })
    expect(first.tasks).toEqual([])
    const next = { limit: 1, beforeOrdinal: first.nextOrdinal ?? undefined }
    expect(bench.queue.list(next).tasks).toMatchObject([{ id: old }])
  })
})

describe('settings of the queue that cannot be read', () => {
  it.each(['{broken', '7'])('%s: give way to the defaults and are set aside', async (value) => {
    const bench = await started()
    bench.queue.pause()
    bench.db.prepare('UPDATE settings SET value = ?').run(value)
    await bench.crash()
    expect(bench.queue.state()).toMatchObject({ paused: false, limits: { maxConcurrentTasks: 5 } })
    expect(bench.log.query((db) => countQuarantined(db))).toBe(1)
  })
})

describe('a store that refuses writes for a while', () => {
  const refuse = (bench: QueueBench) => bench.db.pragma('query_only = 1')
  const accept = (bench: QueueBench) => bench.db.pragma('query_only = 0')

  it('is told to whoever cancels, at once, and the end is stored as soon as it can be', async () => {
    const bench = await started()
    const id = await bench.submit()
    refuse(bench)
    await expect(bench.during(bench.queue.cancel(id))).rejects.toMatchObject({
      message: expect.stringContaining('readonly'),
    })
    accept(bench)
    await bench.clock.advanceAsync(1_000)
    expect(bench.queue.getStatus(id).state).toBe('cancelled')
    expect(bench.namesOf(id).filter((name) => name === 'task.cancelled')).toHaveLength(1)
  })

  it('does not strand a task that waited for the machine', async () => {
    const bench = await started()
    await bench.submit()
    bench.gauge.show({ cpu: 90 })
    const id = await bench.submit()
    refuse(bench)
    bench.gauge.show({ cpu: 10 })
    await bench.settle()
    accept(bench)
    await bench.clock.advanceAsync(1_000)
    await bench.settle()
    expect(bench.running).toContain(id)
  })

  it('does not fail a task whose progress could not be noted', async () => {
    const bench = await started()
    const id = await bench.submit()
    const { context } = bench.executor.running.get(id) ?? expect.fail()
    refuse(bench)
    expect(() => context.setPlan([{ title: 'one', state: 'active' }])).not.toThrow()
    accept(bench)
    expect(bench.logger.messages('warn')).toContain('progress could not be stored')
  })

  it('keeps the output of that time, in the log and in the result', async () => {
    const bench = await started()
    const id = await bench.submit()
    const { context } = bench.executor.running.get(id) ?? expect.fail()
    context.output('before ')
    await bench.clock.advanceAsync(50)
    refuse(bench)
    context.output('meanwhile')
    const output = context.outputTail(100)
    bench.executor.end(id, { kind: 'completed', output })
    await bench.settle()
    accept(bench)
    await bench.clock.advanceAsync(1_000)
    await bench.settle()
    expect(bench.queue.getResult(id)?.output).toBe('before meanwhile')
    expect(bench.queue.traces.log(id, 0)).toMatchObject({
      text: 'before meanwhile',
      complete: true,
    })
  })
})

describe('a stop of the program', () => {
  it('keeps what had just been completed, and does not run it again', async () => {
    const bench = await started()
    let complete: (outcome: ExecutionOutcome) => void = () => undefined
    bench.executor.execute = () =>
      new Promise((resolve) => {
        complete = resolve
      })
    const id = await bench.submit()
    const stopped = bench.queue.stop()
    complete({ kind: 'completed', output: 'done' })
    await stopped
    expect(bench.queue.getStatus(id).state).toBe('completed')
  })
})

describe('why a task waits', () => {
  it('is the first reason in the fixed order, also when it has one of its own', async () => {
    const bench = await started()
    const id = await bench.submit()
    bench.executor.end(id, untilLater(bench))
    await bench.settle()
    bench.queue.pause()
    expect(bench.queue.getStatus(id).waitingFor?.reason).toBe('paused')
    bench.queue.resume()
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    await bench.submit()
    expect(bench.queue.getStatus(id).waitingFor?.reason).toBe('quota')
  })

  it('is told with figures that fit together', async () => {
    const bench = await started()
    await bench.submit()
    bench.gauge.show({ cpu: 90 })
    const id = await bench.submit()
    const detail = () => bench.queue.getStatus(id).waitingFor?.detail
    expect(detail()).toBe('CPU is at 90 %, above the limit of 70 %.')
    bench.gauge.show({ cpu: 68 })
    expect(detail()).toBe('CPU is at 68 % and was above the limit of 70 %; it must fall to 65 %.')
    bench.executor.end(bench.running[0] as TaskId)
    await bench.settle()
    expect(detail()).toMatch(/; one task runs anyway after 10 s\.$/)
  })
})

describe('a clock that is set back', () => {
  it('makes no time negative', async () => {
    const bench = await started()
    const id = await bench.submit()
    bench.clock.setBack(60_000)
    bench.executor.end(id)
    await bench.settle()
    expect(bench.queue.getResult(id)?.metrics.duration).toBe(0)
  })

  it('holds back no task for longer than its wait was meant to be', async () => {
    const bench = await started()
    const id = await bench.submit()
    bench.executor.end(id, untilLater(bench))
    await bench.settle()
    bench.clock.setBack(3_600_000)
    bench.gauge.show({ cpu: 10 })
    await bench.clock.advanceAsync(5_000)
    await bench.settle()
    expect(bench.running).toEqual([id])
  })
})
