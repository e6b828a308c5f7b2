import { afterEach, beforeEach, expect, it } from 'vitest'
import { CoreBench } from '../support/core-bench.js'
import { call } from '../support/scripted-model.js'

let bench: CoreBench
beforeEach(async () => {
  bench = await CoreBench.start()
})
afterEach(() => bench.close())

it('what one worker used of the budget above stops the next before its first call', async () => {
  const root = await bench.submit({ command: 'sleep 60', budget: { tokens: 20 } })
  bench.model.add(
    { calls: [call('1', 'list_files', {})] },
    { calls: [call('2', 'list_files', {})] },
  )
  const child = { type: 'agent_execution', description: 'work', parentId: root } as const
  const first = await bench.run(child)
  expect(first.result.error).toMatchObject({
    code: 'budget_exceeded',
    message: expect.stringContaining(`of the budget of ${root}, 30 of 20 tokens are used up`),
  })
  const second = await bench.run(child)
  expect(second.result.error).toMatchObject({ code: 'budget_exceeded' })
  expect(bench.model.requests.map(({ maxTokens }) => maxTokens)).toEqual([20, 5])
  expect(bench.core.costs.tree(root)).toMatchObject({
    own: { tokens: 0 },
    below: { tasks: 2, tokens: 30, unpricedTokens: 30, turns: 2 },
  })
  await bench.core.queue.cancel(root)
})
