import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { PRIORITY_STEP_MS } from '../../../shared/model/rank.js'
import { inLine } from '../../../shared/model/task-order.js'
import { listTasks } from '../store/queries/task-list.js'

const WEEK_MS = 7 * 24 * 60 * 60_000

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
  bench.queue.pause()
})
afterEach(() => bench.db.close())

/** The line of the host, which has to be the one that a window shows of the same tasks. */
function line(): TaskId[] {
  const { ordinals } = listTasks(bench.db, {
    ...{ filter: { state: 'pending' }, order: 'state', descending: false },
    ...{ after: null, limit: 100, nowMs: bench.clock.now(), total: false },
  })
  const { tasks } = bench.queue.at(ordinals)
  const ids = tasks.map(({ id }) => id)
  expect(
    tasks
      .toReversed()
      .toSorted(inLine)
      .map(({ id }) => id),
  ).toEqual(ids)
  return ids
}

/** Lets what waits run, one after the other, and tells in which order it began. */
async function started(): Promise<TaskId[]> {
  const begun: TaskId[] = []
  bench.queue.setLimits({ maxConcurrentTasks: 1 })
  bench.queue.resume()
  await bench.settle()
  for (let [id] = bench.running; id !== undefined; [id] = bench.running) {
    begun.push(id)
    bench.executor.end(id)
    await bench.settle()
  }
  return begun
}

describe('the line of a host and of a window', () => {
  it('has those of one instant in the order in which they came', async () => {
    const ids = [await bench.submit(), await bench.submit(), await bench.submit()]
    expect(line()).toEqual(ids)
    expect(await started()).toEqual(ids)
  })

  it('does not put first what is tried again without having run', async () => {
    const first = await bench.submit()
    await bench.clock.advanceAsync(1)
    const again = await bench.submit()
    await bench.clock.advanceAsync(1)
    const last = await bench.submit()
    await bench.during(bench.queue.cancel(again))
    bench.queue.retry(again)
    expect(line()).toEqual([first, again, last])
    expect(await started()).toEqual([first, again, last])
  })

  it('puts first what is tried again after it ran', async () => {
    bench.queue.resume()
    const again = await bench.submit()
    await bench.during(bench.queue.cancel(again))
    bench.queue.pause()
    const urgent = await bench.submit({ priority: 10 })
    bench.queue.retry(again)
    expect(line()).toEqual([again, urgent])
    expect(await started()).toEqual([again, urgent])
  })

  it('does not count the wait for an instant when the priority changes', async () => {
    const due = await bench.submit({ runAt: bench.clock.now() + WEEK_MS })
    await bench.clock.advanceAsync(WEEK_MS - PRIORITY_STEP_MS)
    const before = await bench.submit()
    await bench.clock.advanceAsync(PRIORITY_STEP_MS)
    const after = await bench.submit({ priority: 7 })
    bench.queue.setPriority(due, 6)
    bench.queue.setPriority(due, 5)
    expect(line()).toEqual([after, before, due])
    expect(await started()).toEqual([after, before, due])
  })

  it('shows what has an instant where it will stand when that comes', async () => {
    const due = await bench.submit({ runAt: bench.clock.now() + 2 })
    await bench.clock.advanceAsync(1)
    const before = await bench.submit()
    expect(line()).toEqual([before, due])
    await bench.clock.advanceAsync(1)
    expect(line()).toEqual([before, due])
  })

  it('counts from the instant also where others had to end after it', async () => {
    const other = await bench.submit()
    const due = await bench.submit({
      dependencies: [other],
      onDependencyFailure: 'run',
      runAt: bench.clock.now() + WEEK_MS,
    })
    await bench.clock.advanceAsync(WEEK_MS - 1)
    const before = await bench.submit()
    await bench.clock.advanceAsync(2)
    await bench.during(bench.queue.cancel(other))
    expect(line()).toEqual([before, due])
    expect(await started()).toEqual([before, due])
  })
})
