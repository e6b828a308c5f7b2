import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskId } from '../../src/shared/model/ids.js'
import type { PlanState } from '../../src/shared/model/plan.js'
import { CoreBench } from '../support/core-bench.js'
import { call, type Line, silence } from '../support/scripted-model.js'
import { finishes, runsPlan, TeamCast } from '../support/team-cast.js'

let bench: CoreBench
let cast: TeamCast
beforeEach(async () => {
  bench = await CoreBench.start()
  cast = new TeamCast(bench.model)
})
afterEach(() => bench.close())

const part = (key: string, over: object = {}) => ({
  key,
  title: `Do ${key}`,
  description: `Do ${key}.`,
  agent: `worker-${key}`,
  ...over,
})

/** A lead that runs a plan and then reports what it was told. */
function leads(...parts: readonly object[]) {
  cast.plays('lead', ({ turn, heard }) => (turn === 0 ? runsPlan(...parts) : finishes(heard)))
}

const lead = (over: object = {}) =>
  bench.submit({ type: 'orchestration', description: 'reach the goal', ...over })

const children = (id: TaskId) => bench.core.queue.list({ parentId: id, limit: 500 }).tasks.reverse()
const planOf = (id: TaskId) => bench.core.plans.list(id).at(-1) ?? expect.fail('there is no plan')
const planned = (state: PlanState) =>
  bench.heard((event) => event.name === 'plan.updated' && event.payload.plan.state === state)

describe('a lead', () => {
  it('has independent parts done at the same time, hands results on, and reports once', async () => {
    leads(part('a'), part('b'), part('c', { dependsOn: ['a', 'b'] }))
    const atWork: string[] = []
    const together = Promise.withResolvers<void>()
    const meets = (key: string) => async (): Promise<Line> => {
      atWork.push(key)
      if (atWork.length === 2) together.resolve()
      await together.promise
      return finishes(`result of ${key}`)
    }
    cast.plays('worker-a', meets('a')).plays('worker-b', meets('b'))
    cast.plays('worker-c', ({ brief }) =>
      finishes(brief.includes('result of a') && brief.includes('result of b') ? 'both' : 'none'),
    )
    const { id, result } = await bench.run({ type: 'orchestration', description: 'the goal' })
    expect(result).toMatchObject({
      success: true,
      output: expect.stringMatching(/^Round 1\. All 3 parts are done\.[\s\S]*both/),
    })
    expect(children(id).map(({ state, agentType }) => [state, agentType])).toEqual([
      ['completed', 'worker-a'],
      ['completed', 'worker-b'],
      ['completed', 'worker-c'],
    ])
    expect(planOf(id)).toMatchObject({
      state: 'settled',
      round: 1,
      parts: [
        { key: 'a', state: 'completed', worker: 'worker-a-1' },
        { key: 'b', worker: 'worker-b-1' },
        { key: 'c', worker: 'worker-c-1', dependsOn: ['a', 'b'] },
      ],
    })
    expect(cast.asked.filter((turn) => turn.startsWith('lead'))).toEqual(['lead 0', 'lead 1'])
  })

  it('cannot call done what failed; dependents do not run; the part may be run again', async () => {
    const told: string[] = []
    cast.plays('lead', ({ turn, heard }) => {
      told.push(heard)
      if (turn === 0) return runsPlan(part('a'), part('b', { dependsOn: ['a'] }))
      if (turn === 1) return finishes('all done')
      if (turn === 2) return runsPlan(part('a', { agent: 'worker-b' }), part('b'))
      return finishes('now it is')
    })
    cast.plays('worker-a', () => finishes('could not', false))
    cast.plays('worker-b', () => finishes('did it'))
    const { id, result } = await bench.run({ type: 'orchestration', description: 'the goal' })
    expect(told[1]).toMatch(/0 of 2 parts are done/)
    expect(told[2]).toMatch(/^invalid_state: not done: a, b\./)
    expect(result).toMatchObject({ success: true, output: 'now it is' })
    expect(children(id).map(({ state, error }) => [state, error?.code])).toEqual([
      ['failed', 'command_failed'],
      ['cancelled', 'dependency_failed'],
      ['completed', undefined],
      ['completed', undefined],
    ])
    expect(bench.core.plans.list(id).map(({ state, round }) => [state, round])).toEqual([
      ['settled', 1],
      ['settled', 2],
    ])
  })

  it.each([
    [[part('a', { dependsOn: ['b'] }), part('b', { dependsOn: ['a'] })], /circle \(a → b → a/],
    [[part('a', { dependsOn: ['a'] })], /circle \(a → a/],
    [[part('a', { dependsOn: ['x'] })], /depends on "x", which is no part/],
    [[part('a'), part('a')], /two of them have the key "a"/],
    [
      Array.from({ length: 500 }, (_, n) => part(`p${n}`)),
      /^limit_exceeded: parts: 500 are too many/,
    ],
    [[{ ...part('a'), title: '' }], /^invalid_params: run_plan: field parts\[0\]\.title/],
  ])('is told what is wrong with a plan, and nothing begins', async (parts, message) => {
    cast.plays('lead', ({ turn, heard }) =>
      turn === 0 ? runsPlan(...parts) : finishes(heard, false),
    )
    const { id, result } = await bench.run({ type: 'orchestration', description: 'the goal' })
    expect(result.output).toMatch(message)
    expect(children(id)).toEqual([])
    expect(bench.core.plans.list(id)).toEqual([])
  })

  it('plans three times at most', async () => {
    cast.plays('lead', ({ heard }) =>
      heard.startsWith('limit_exceeded') ? finishes(heard, false) : runsPlan(part('a')),
    )
    cast.plays('worker-a', () => finishes('no', false))
    const { result } = await bench.run({ type: 'orchestration', description: 'the goal' })
    expect(result.output).toMatch(/this is plan 4, and 3 rounds are the most/)
  })

  it('takes its workers with it when it is cancelled', async () => {
    leads(part('a'), part('b', { dependsOn: ['a'] }))
    cast.plays('worker-a', ({ turn }) =>
      turn === 0 ? { calls: [call('run', 'run_command', { command: 'sleep 60' })] } : 'never',
    )
    const id = await lead()
    await bench.heard(
      (event) => event.name === 'task.output' && event.payload.text.includes('sleep'),
    )
    expect(await bench.core.queue.cancel(id)).toBe('cancelled')
    expect(children(id).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    expect(bench.core.queue.state().runningCount).toBe(0)
  })

  it('gives up its slot while its workers are at work', async () => {
    bench.core.queue.setLimits({ maxConcurrentAgents: 1, maxConcurrentTasks: 1 })
    leads(part('a'))
    cast.plays('worker-a', () => finishes('done'))
    const { result } = await bench.run({ type: 'orchestration', description: 'the goal' })
    expect(result.success).toBe(true)
  })

  it('that was given its plan asks no model for one', async () => {
    cast.plays('lead', ({ heard }) => finishes(heard))
    cast.plays('worker-a', () => finishes('done'))
    const plan = { goal: 'the goal', parts: [part('a')] }
    const { result } = await bench.run({ type: 'orchestration', description: 'x', input: { plan } })
    expect(result.output).toMatch(/All 1 parts are done/)
    expect(cast.asked).toEqual(['worker-a 0', 'lead 1'])
  })
})

describe('a plan that waits for approval', () => {
  beforeEach(() => {
    leads(part('a'))
    cast.plays('worker-a', () => finishes('done a'))
    cast.plays('worker-b', () => finishes('done b'))
  })
  const proposed = async () => {
    const waits = planned('proposed')
    const id = await lead({ planApproval: 'ask' })
    await waits
    await bench.heard((event) => event.name === 'task.waiting' && event.payload.taskId === id)
    return id
  }

  it('is shown, can be changed, and runs when it is approved', async () => {
    const id = await proposed()
    expect(bench.core.queue.getStatus(id)).toMatchObject({
      state: 'pending',
      waitingFor: { reason: 'approval', detail: 'Waits for approval of its plan of 1 parts.' },
    })
    expect(children(id)).toEqual([])
    const plan = planOf(id)
    const circle = [part('x', { dependsOn: ['x'] })].map((each) => ({ checks: [], ...each }))
    await expect(bench.core.plans.update(plan.id, circle as never)).rejects.toThrow(/circle/)
    const parts = [{ ...part('b'), dependsOn: [], checks: [] }]
    expect(await bench.core.plans.update(plan.id, parts)).toMatchObject({ parts: [{ key: 'b' }] })
    await bench.restart()
    expect(bench.core.plans.approve(plan.id)).toMatchObject({ state: 'running' })
    expect(await bench.resultOf(id)).toMatchObject({
      success: true,
      output: expect.stringContaining('done b'),
    })
    expect(() => bench.core.plans.approve(plan.id)).toThrow(/is settled: it waits for no decision/)
  })

  it('is rejected with a reason that the lead hears', async () => {
    const id = await proposed()
    bench.core.plans.reject(planOf(id).id, 'too small')
    const { output } = await bench.resultOf(id)
    expect(output).toBe('cancelled: the person rejected the plan: too small')
    expect(children(id)).toEqual([])
  })

  it('ends with its lead', async () => {
    const id = await proposed()
    await bench.core.queue.cancel(id)
    expect(planOf(id).state).toBe('rejected')
  })
})

describe('a team', () => {
  it('goes on after a restart where it was, and nothing is done twice', async () => {
    leads(part('a'), part('b', { dependsOn: ['a'] }))
    cast.plays('worker-a', () => finishes('done a'))
    let isDown = false
    cast.plays('worker-b', async ({ request }) => {
      if (isDown) return finishes('done b')
      return silence(request)
    })
    const id = await lead()
    await bench.heard(
      (event) =>
        event.name === 'task.started' &&
        bench.core.queue.get(event.payload.taskId).task.agentType === 'worker-b',
    )
    isDown = true
    await bench.restart()
    expect(await bench.resultOf(id)).toMatchObject({ success: true })
    expect(children(id)).toHaveLength(2)
    expect(cast.asked.filter((turn) => turn === 'lead 0')).toHaveLength(1)
    expect(cast.asked.filter((turn) => turn === 'worker-a 0')).toHaveLength(1)
  })

  it('has ten workers at most, who are used again and remember', async () => {
    bench.core.queue.setLimits({ maxConcurrentAgents: 30, maxConcurrentTasks: 30 })
    const keys = Array.from({ length: 13 }, (_, n) => `p${n}`)
    leads(
      ...keys.map((key) => part(key, { agent: 'coder' })),
      part('last', { agent: 'coder', dependsOn: keys }),
    )
    let atWork = 0
    let most = 0
    const full = Promise.withResolvers<void>()
    cast.plays('coder', async ({ brief, request }) => {
      if (brief.startsWith('Task: Do last.')) return finishes(String(request.messages.length))
      atWork += 1
      most = Math.max(most, atWork)
      if (atWork === 10) full.resolve()
      await full.promise
      atWork -= 1
      return finishes('done')
    })
    const { id, result } = await bench.run({ type: 'orchestration', description: 'the goal' })
    expect(result.success).toBe(true)
    expect(most).toBe(10)
    const workers = planOf(id).parts.map(({ worker }) => worker)
    expect(new Set(workers).size).toBe(10)
    // Two messages of each earlier part of the same worker, and its own brief.
    const last = children(id).find(({ description }) => description === 'Do last.')
    expect(Number(bench.core.queue.getResult(last?.id as TaskId)?.output)).toBeGreaterThan(1)
  })
})

describe('the orchestrator', () => {
  it('chooses who does it, and says why', async () => {
    const { core } = bench
    cast.plays('general-purpose', () => finishes('done'))
    const started = await core.orchestrator.executeTaskAsync({ description: 'tidy up' })
    expect(started.choice).toEqual({
      agent: 'general-purpose',
      reason: 'Nothing in it points to a specialist.',
    })
    const steps: string[] = []
    for await (const { step } of core.orchestrator.streamTaskProgress(started.taskId)) {
      steps.push(step)
    }
    expect(core.orchestrator.checkTask(started.taskId).state).toBe('completed')
    expect(core.orchestrator.getTaskResult(started.taskId)).toMatchObject({ output: 'done' })
    const { signal } = new AbortController()
    const waited = await core.orchestrator.executeTask(
      { description: 'again', agentType: 'general-purpose' },
      signal,
    )
    expect(waited).toMatchObject({ success: true })
  })
})

describe('a checkpoint', () => {
  const chain = [part('a'), part('b', { dependsOn: ['a'] }), part('c', { dependsOn: ['b'] })]

  it('starts a team that stands where the old one stood; what was done is not done again', async () => {
    const { core } = bench
    leads(...chain)
    let isSaved = false
    cast.plays('worker-a', () => finishes('done a'))
    cast.plays('worker-b', ({ turn, request }) => {
      if (turn === 0) return { calls: [call('look', 'list_files')] }
      return isSaved ? finishes('done b') : silence(request)
    })
    cast.plays('worker-c', ({ brief }) => finishes(brief.includes('done b') ? 'done c' : 'blind'))
    const id = await lead()
    await bench.heard(
      (event) =>
        event.name === 'task.output' &&
        core.queue.get(event.payload.taskId).task.agentType === 'worker-b',
    )
    const checkpoint = await core.checkpoints.create(id, 'halfway')
    expect(checkpoint).toMatchObject({ name: 'halfway', parts: { completed: 1, open: 2 } })
    await core.queue.cancel(id)
    isSaved = true
    const restored = await core.checkpoints.restore(checkpoint.id)
    expect(await bench.resultOf(restored)).toMatchObject({
      success: true,
      output: expect.stringContaining('done c'),
    })
    expect(children(restored).map(({ state }) => state)).toEqual(Array(3).fill('completed'))
    for (const once of ['lead 0', 'worker-a 0', 'worker-b 0']) {
      expect(cast.asked.filter((turn) => turn === once)).toHaveLength(1)
    }
    expect(core.queue.getStatus(id).state).toBe('cancelled')
    expect(core.checkpoints.list(id)).toHaveLength(1)
    await core.checkpoints.delete(checkpoint.id)
    expect(core.checkpoints.list(undefined)).toEqual([])
    await expect(core.checkpoints.restore(checkpoint.id)).rejects.toThrow(/there is no checkpoint/)
  })

  it('of a team that has ended runs again what failed', async () => {
    let works = false
    leads(...chain.slice(0, 2))
    cast.plays('lead', ({ turn, heard }) =>
      turn === 0 ? runsPlan(...chain.slice(0, 2)) : finishes(heard, heard.includes('All 2')),
    )
    cast.plays('worker-a', () => finishes('done a'))
    cast.plays('worker-b', () => finishes('b', works))
    const { id, result } = await bench.run({ type: 'orchestration', description: 'the goal' })
    expect(result.success).toBe(false)
    works = true
    const checkpoint = await bench.core.checkpoints.create(id, undefined)
    const restored = await bench.core.checkpoints.restore(checkpoint.id)
    expect(await bench.resultOf(restored)).toMatchObject({ success: true })
    expect(cast.asked.filter((turn) => turn === 'worker-a 0')).toHaveLength(1)
    expect(bench.core.plans.list(restored)).toMatchObject([{ state: 'settled', round: 1 }])
  })

  it('is of a team only', async () => {
    const { id } = await bench.run({ command: 'true' })
    await expect(bench.core.checkpoints.create(id, undefined)).rejects.toThrow(
      `taskId: ${id} is of type command; a checkpoint is of a team`,
    )
  })
})
