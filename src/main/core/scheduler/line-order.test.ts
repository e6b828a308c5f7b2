import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { inLine } from '../../../shared/model/task-order.js'
import { listTasks } from '../store/queries/task-list.js'

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
})
