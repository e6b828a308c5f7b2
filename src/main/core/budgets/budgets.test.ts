import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { addTurn } from '../store/queries/tasks.js'
import { exhausted, NOTHING_USED, shortfall } from './budget.js'
import { costMicroUsd } from './pricing.js'
import { overBudget, tokensLeft } from './task-budgets.js'

const usage = { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 0, cacheWriteTokens: 0 }

describe('a budget', () => {
  it.each([
    [{ tokens: 10 }, { tokens: 9 }, null],
    [{ tokens: 10 }, { tokens: 10 }, /10 of 10 tokens/],
    [{ turns: 2 }, { turns: 2 }, /2 of 2 turns/],
    [{ timeMs: 2000 }, { runningMs: 2500 }, /2.5 of 2 s/],
    [{ costUsd: 0.01 }, { costMicroUsd: 9_999 }, null],
    [{ costUsd: 0.01 }, { costMicroUsd: 10_000 }, /0.0100 of 0.01 US dollars/],
    [{ costUsd: 1 }, { unpricedTokens: 5 }, /price of the model is not known/],
    [{ tokens: 10 }, { unpricedTokens: 5 }, null],
  ] as const)('of %j with %j used', (budget, used, reason) => {
    const found = exhausted(budget, { ...NOTHING_USED, ...used })
    if (reason === null) expect(found).toBeNull()
    else expect(found).toMatch(reason)
  })

  it('gives a child no more than is left beside what others were promised', () => {
    const parent = {
      budget: { tokens: 100 },
      used: { ...NOTHING_USED, tokens: 30 },
      promised: [{ tokens: 50 }, { turns: 5 }],
    }
    expect(shortfall({ tokens: 20 }, parent)).toBeNull()
    expect(shortfall({ tokens: 21 }, parent)).toBe(
      '21 tokens are asked for, and the parent has 20 left',
    )
    expect(shortfall({ turns: 1_000 }, parent)).toBeNull()
  })
})

it('a price is that of the model, and unknown where nobody knows it', () => {
  expect(costMicroUsd('claude-sonnet-4-5-20250929', usage)).toBe(4_500)
  expect(costMicroUsd('offline', usage)).toBe(0)
  expect(costMicroUsd('llama-9', usage)).toBeNull()
})

describe('budgets in the queue', () => {
  let bench: QueueBench
  beforeEach(async () => {
    bench = new QueueBench()
    await bench.start()
  })
  afterEach(() => bench.db.close())
  const spend = (id: TaskId, tokens: number) =>
    bench.log.transaction(({ db }) => addTurn(db, id, { tokens, costMicroUsd: null }))

  it('count what the whole tree has used against every task above', async () => {
    const root = await bench.submit({ budget: { tokens: 100 } })
    const child = await bench.submit({ parentId: root, budget: { tokens: 60 } })
    const grandchild = await bench.submit({ parentId: child })
    spend(grandchild, 50)
    expect(tokensLeft(bench.db, grandchild)).toBe(10)
    spend(root, 45)
    expect(tokensLeft(bench.db, grandchild)).toBe(5)
    spend(grandchild, 5)
    expect(overBudget(bench.db, grandchild, 0)).toMatch(`of the budget of ${root}, 100 of 100`)
    expect(overBudget(bench.db, root, 0)).toMatch(/^100 of 100 tokens/)
  })

  it('reserve what a child is promised until it has ended', async () => {
    const root = await bench.submit({ budget: { tokens: 100 } })
    const first = await bench.submit({ parentId: root, budget: { tokens: 80 } })
    const second = bench.submit({ parentId: root, budget: { tokens: 30 } })
    await expect(second).rejects.toMatchObject({ code: 'limit_exceeded' })
    bench.executor.end(first)
    await bench.settle()
    await bench.submit({ parentId: root, budget: { tokens: 30 } })
  })

  it('of time end a run, keep what it wrote, and are not tried again', async () => {
    const id = await bench.submit({ budget: { timeMs: 5_000 }, maxAttempts: 3 })
    bench.executor.running.get(id)?.context.output('half')
    await bench.clock.advanceAsync(5_000)
    expect(bench.queue.getStatus(id)).toMatchObject({
      state: 'failed',
      error: { code: 'budget_exceeded' },
      result: { output: 'partial' },
    })
  })
})

describe('a tree of tasks', () => {
  it('is cancelled from its root, and takes no children once that has ended', async () => {
    const bench = new QueueBench()
    await bench.start()
    bench.queue.setLimits({ maxConcurrentTasks: 2 })
    const root = await bench.submit()
    const child = await bench.submit({ parentId: root })
    const waiting = await bench.submit({ parentId: child })
    expect(bench.queue.list({ limit: 9, parentId: root }).tasks.map(({ id }) => id)).toEqual([
      child,
    ])
    await bench.during(bench.queue.cancel(root))
    expect([root, child, waiting].map((id) => bench.queue.getStatus(id).state)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ])
    await expect(bench.submit({ parentId: root })).rejects.toMatchObject({ code: 'invalid_state' })
    await expect(bench.submit({ parentId: 'task_no' as TaskId })).rejects.toMatchObject({
      code: 'not_found',
    })
    bench.db.close()
  })

  it('fails after a crash what was not to run again', async () => {
    const bench = new QueueBench()
    await bench.start()
    const id = await bench.submit({ onInterruption: 'fail' })
    await bench.crash()
    expect(bench.queue.getStatus(id)).toMatchObject({
      state: 'failed',
      error: { code: 'interrupted' },
    })
    bench.db.close()
  })
})
