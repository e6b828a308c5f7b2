import { afterEach, beforeEach, expect, it } from 'vitest'
import type { TaskId } from '../../src/shared/model/ids.js'
import { TaskOrder } from '../../src/shared/model/task-order.js'
import type { RpcClient } from '../../src/shared/rpc/client.js'
import type { ParamsOf } from '../../src/shared/rpc/contract.js'
import { CoreBench } from '../support/core-bench.js'
import { clientOf } from '../support/core-client.js'

type Wanted = ParamsOf<'task.list'>

let bench: CoreBench
let client: RpcClient
let ids: TaskId[]
beforeEach(async () => {
  bench = await CoreBench.start()
  client = clientOf(bench)
  bench.core.queue.pause()
  ids = []
  for (let n = 0; n < 3; n++) ids.push(await bench.submit({ command: 'true' }))
})
afterEach(() => bench.close())

async function list(wanted: Wanted) {
  const { tasks, ...page } = await client.call('task.list', wanted)
  return { ...page, ids: tasks.map(({ id }) => id) }
}

const plain: Wanted = { limit: 1 }
const alike: readonly Wanted[] = [
  plain,
  { limit: 1, total: true },
  { limit: 1, names: true },
  { limit: 1, state: ['pending', 'running'] },
  { limit: 1, descending: true },
  { limit: 1, order: 'created', descending: true },
]

it.each(alike)('goes on whatever else is asked of the next page: %j', async (wanted) => {
  for (const [one, next] of [
    [plain, wanted],
    [wanted, plain],
  ] as const) {
    const { nextCursor } = await list(one)
    const page = await list({ ...next, cursor: nextCursor ?? '' })
    expect(page.ids).toEqual([ids[1]])
  }
})

it.each(TaskOrder.options)('goes through all tasks by %s', async (order) => {
  const found: TaskId[] = []
  let from: Pick<Wanted, 'cursor'> = {}
  for (const _id of ids) {
    const page = await list({ order, limit: 1, ...from })
    found.push(...page.ids)
    if (page.nextCursor !== null) from = { cursor: page.nextCursor }
  }
  expect(found.toSorted()).toEqual(ids.toSorted())
})

it('refuses a cursor of another order', async () => {
  const byName = await list({ order: 'task', limit: 1 })
  for (const wanted of [plain, { limit: 1, total: true }]) {
    await expect(list({ ...wanted, cursor: byName.nextCursor ?? '' })).rejects.toMatchObject({
      code: 'invalid_params',
    })
  }
})

it('is oldest first when that alone is asked', async () => {
  expect((await list({ descending: false })).ids).toEqual(ids)
  expect((await list({ descending: false, total: true })).ids).toEqual(ids)
  expect((await list({ descending: true })).ids).toEqual(ids.toReversed())
})

it.each([
  ['order', { order: 'created' }],
  ['descending', { descending: false }],
  ['total', { total: true }],
  ['names', { names: true }],
] as const)('refuses %s with a query instead of leaving it out', async (name, wanted) => {
  await expect(list({ query: 'task', ...wanted })).rejects.toMatchObject({
    code: 'invalid_params',
    message: expect.stringContaining(`${name}: cannot be combined with query`),
  })
})
