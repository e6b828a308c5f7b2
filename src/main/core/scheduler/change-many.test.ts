import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

const change = (
  ids: readonly TaskId[],
  wanted: TaskChange,
  signal: AbortSignal = new AbortController().signal,
) => bench.during(changeMany({ ...bench, signal }, ids, wanted))

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

describe('while the host is ending', () => {
  const waiting = async () => {
    const ids: TaskId[] = []
    for (let n = 0; n < 15; n++) ids.push(await bench.submit({ priority: 5 }))
    return ids
  }

  it('begins no other change, and says of which', async () => {
    const ids = await waiting()
    const ending = new AbortController()
    const changed = change(ids, { action: 'setPriority', priority: 9 }, ending.signal)
    ending.abort('shutdown')
    const results = await changed
    expect(results.map(({ taskId }) => taskId)).toEqual(ids)
    expect(results.slice(0, 10).every((result) => 'state' in result)).toBe(true)
    const others = results.slice(10)
    expect(others.map((other) => 'error' in other && other.error.code)).toEqual(
      Array(5).fill('cancelled'),
    )
    const priorities = bench.queue.list({ limit: 20 }).tasks.map(({ priority }) => priority)
    expect(priorities.filter((priority) => priority === 9)).toHaveLength(10)
  })

  it('answers also when the database has been closed', async () => {
    const ids = await waiting()
    const changed = changeMany({ ...bench, signal: new AbortController().signal }, ids, {
      action: 'cancel',
    })
    bench.db.close()
    bench.clock.advance(0)
    const results = await changed
    expect(results.map(({ taskId }) => taskId)).toEqual(ids)
    const others = results.slice(10)
    expect(others.map((other) => 'error' in other && other.error.code)).toEqual(
      Array(5).fill('internal'),
    )
  })
})
