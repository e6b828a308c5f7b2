import { afterEach, beforeEach, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { overBudget } from '../budgets/task-budgets.js'
import { SPENT_SINCE } from '../store/queries/costs.js'
import { addTurn } from '../store/queries/tasks.js'
import { Costs } from './costs.js'

const DAY_MS = 24 * 60 * 60 * 1000

let bench: QueueBench
let costs: Costs
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
  costs = new Costs(bench)
})
afterEach(() => bench.db.close())

const spend = (id: TaskId, tokens: number, costMicroUsd: number | null) =>
  bench.log.transaction(({ db }) => addTurn(db, id, { tokens, costMicroUsd }))
const agent = (agentType: string, parentId?: TaskId) =>
  bench.submit({ type: 'agent_execution', command: undefined, agentType, parentId })

it('are summed up by day and agent, unpriced tokens apart', async () => {
  expect(costs.summary(1)).toMatchObject({ total: { tasks: 0, costUsd: 0 }, byAgent: [] })
  spend(await agent('old'), 5, 5)
  await bench.clock.advanceAsync(2 * DAY_MS)
  spend(await agent('cheap'), 900, 1_000)
  spend(await agent('dear'), 100, 2_000_000)
  spend(await agent('local'), 12_000, null)
  await bench.submit()
  const { total, byDay, byAgent } = costs.summary(2)
  expect(total).toEqual({
    tasks: 4,
    tokens: 13_000,
    costUsd: 2.001,
    unpricedTokens: 12_000,
    turns: 3,
  })
  expect(byDay.map(({ day, tasks }) => [day, tasks])).toEqual([
    ['2026-01-02', 0],
    ['2026-01-03', 4],
  ])
  expect(byAgent.map((row) => row.agent)).toEqual(['dear', 'cheap', 'local'])
  expect(costs.summary(3).total.tasks).toBe(5)
})

it('of a tree are its own, those below, and both', async () => {
  const root = await agent('lead')
  const child = await agent('worker', root)
  const grandchild = await agent('worker', child)
  spend(root, 1, 10)
  spend(child, 20, 200)
  spend(grandchild, 300, null)
  expect(costs.tree(root)).toEqual({
    own: { tokens: 1, costUsd: 0.00001, unpricedTokens: 0, turns: 1 },
    below: { tasks: 2, tokens: 320, costUsd: 0.0002, unpricedTokens: 300, turns: 2 },
    total: { tasks: 3, tokens: 321, costUsd: 0.00021, unpricedTokens: 300, turns: 3 },
  })
  expect(() => costs.tree('task_no' as TaskId)).toThrow(/there is no task task_no/)
})

it('the budget of a lead holds for all its workers together', async () => {
  const lead = await bench.submit({
    type: 'orchestration',
    command: undefined,
    budget: { costUsd: 1 },
  })
  const workers = [await agent('worker', lead), await agent('worker', lead)] as const
  spend(workers[0], 10, 600_000)
  expect(overBudget(bench.db, workers[1], 0)).toBeNull()
  spend(workers[1], 10, 400_000)
  const reason = `of the budget of ${lead}, 1.0000 of 1 US dollars are used up`
  for (const worker of workers) expect(overBudget(bench.db, worker, 0)).toBe(reason)
  const blind = await bench.submit({
    type: 'orchestration',
    command: undefined,
    budget: { costUsd: 1 },
  })
  const worker = await agent('worker', blind)
  spend(worker, 10, null)
  expect(overBudget(bench.db, worker, 0)).toMatch(/price of the model is not known/)
})

it('are read from an index alone', () => {
  const plan = bench.db.prepare(`EXPLAIN QUERY PLAN ${SPENT_SINCE}`).all(0) as { detail: string }[]
  expect(plan[0]?.detail).toMatch(/SEARCH tasks USING COVERING INDEX tasks_by_creation/)
})
