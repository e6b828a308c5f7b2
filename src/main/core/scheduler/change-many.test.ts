import { afterEach, beforeEach, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { changeMany, type TaskChange } from './change-many.js'

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
  bench.queue.pause()
})
afterEach(() => bench.db.close())

const change = (ids: readonly TaskId[], wanted: TaskChange) =>
  bench.during(changeMany(bench, ids, wanted))

it('changes each by itself, answers for each, and names those that refuse', async () => {
  const [first, second] = [await bench.submit(), await bench.submit()]
  const none = 'task_none' as TaskId
  const results = await change([first, none, second, first], { action: 'setPriority', priority: 9 })
  expect(results).toEqual([
    { taskId: first, state: 'pending' },
    { taskId: none, error: { code: 'not_found', message: expect.stringContaining('task_none') } },
    { taskId: second, state: 'pending' },
  ])
  expect(bench.queue.list({ limit: 9 }).tasks.map(({ priority }) => priority)).toEqual([9, 9])
  expect(await change([first], { action: 'retry' })).toMatchObject([
    { taskId: first, error: { code: 'invalid_state' } },
  ])
})

it('cancels a task and what is below it without calling the one that went with it refused', async () => {
  const parent = await bench.submit()
  const child = await bench.submit({ parentId: parent })
  expect(await change([parent, child], { action: 'cancel' })).toEqual([
    { taskId: parent, state: 'cancelled' },
    { taskId: child, state: 'cancelled' },
  ])
  expect(await change([parent, child], { action: 'retry' })).toMatchObject([
    { state: 'pending' },
    { state: 'pending' },
  ])
})

it('starts some of many, and leaves the others to the queue', async () => {
  const ids: TaskId[] = []
  for (let n = 0; n < 25; n++) ids.push(await bench.submit())
  const results = await change(ids.slice(0, 3), { action: 'runNow' })
  expect(results.every((result) => 'state' in result)).toBe(true)
  await bench.settle()
  expect(bench.running.toSorted()).toEqual(ids.slice(0, 3).toSorted())
  expect(await change(ids, { action: 'cancel' })).toHaveLength(25)
  expect(bench.queue.list({ state: 'pending', limit: 9 }).tasks).toEqual([])
})
