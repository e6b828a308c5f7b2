import { describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'

async function started(): Promise<QueueBench> {
  const bench = new QueueBench()
  await bench.start()
  return bench
}

function damage(bench: QueueBench, id: TaskId): void {
  bench.db.prepare(`UPDATE tasks SET plan = '{broken' WHERE id = ?`).run(id)
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
