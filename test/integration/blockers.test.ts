import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BlockerId, TaskId } from '../../src/shared/model/ids.js'
import { CoreBench } from '../support/core-bench.js'
import { call } from '../support/scripted-model.js'
import { finishes, TeamCast } from '../support/team-cast.js'

let bench: CoreBench
let cast: TeamCast
beforeEach(async () => {
  bench = await CoreBench.start()
  cast = new TeamCast(bench.model)
})
afterEach(() => bench.close())

const agent = (name: string) =>
  ({ type: 'agent_execution', description: `work of ${name}`, agentType: name }) as const
const all = { before: Number.MAX_SAFE_INTEGER, limit: 100 }
const open = () => bench.core.blockers.list({ state: 'open', ...all }).blockers
const idOf = (index = 0): BlockerId => open()[index]?.id ?? expect.fail('nobody has asked')
const waiting = (id: TaskId) =>
  bench.heard(
    (event) =>
      event.name === 'task.waiting' &&
      event.payload.taskId === id &&
      event.payload.waitingFor.reason === 'answer',
  )

/** Asks one question, then reports what it was told. */
function asks(name: string, kind: 'sync' | 'async', options: readonly string[] = []) {
  cast.plays(name, ({ turn, heard }) =>
    turn === 0
      ? { calls: [call(`ask-${name}`, 'ask_person', { question: 'Which port?', kind, options })] }
      : finishes(heard),
  )
}

/** A task that has asked and waits. */
async function asked(name: string, over: object = {}): Promise<TaskId> {
  const parked = Promise.withResolvers<void>()
  const leave = bench.core.events.subscribe({
    durable: ({ name: heard, payload }) => {
      if (heard === 'task.waiting' && payload.waitingFor.reason === 'answer') parked.resolve()
    },
    live: () => undefined,
  })
  const id = await bench.submit({ ...agent(name), ...over })
  await parked.promise
  leave()
  return id
}

describe('a question that stops a task', () => {
  it('holds back what depends on it and nothing else, across a restart, and is answered once', async () => {
    asks('a', 'sync', ['80', '8080'])
    for (const name of ['b', 'c']) cast.plays(name, () => finishes(`done ${name}`))
    const a = await asked('a')
    const b = await bench.submit({ ...agent('b'), dependencies: [a] })
    const c = await bench.submit(agent('c'))
    expect(await bench.resultOf(c)).toMatchObject({ success: true })
    expect(bench.core.queue.getStatus(a).waitingFor).toMatchObject({
      reason: 'answer',
      detail: `Waits for your answer (${idOf()}): Which port?`,
    })
    expect(bench.core.queue.state().runningCount).toBe(0)
    await bench.restart()
    expect(bench.core.queue.getStatus(b).waitingFor?.reason).toBe('dependency')
    const id = idOf()
    expect(bench.core.blockers.answer(id, '8080')).toMatchObject({
      ...{ state: 'resolved', answer: '8080', options: ['80', '8080'] },
    })
    expect(() => bench.core.blockers.answer(id, '80')).toThrow(/was answered at .*: "8080"/)
    expect(await bench.resultOf(a)).toMatchObject({
      output: 'You asked: Which port?\nThe person answers: 8080',
    })
    expect(await bench.resultOf(b)).toMatchObject({ success: true })
    expect(cast.asked.filter((turn) => turn === 'a 0')).toHaveLength(1)
  })

  it('is answered by one of many who answer at the same time, and the task goes on once', async () => {
    asks('a', 'sync')
    const a = await asked('a')
    const id = idOf()
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, async (_, n) => bench.core.blockers.answer(id, `answer ${n}`)),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await bench.resultOf(a)).toMatchObject({ success: true })
    expect(cast.asked.filter((turn) => turn === 'a 1')).toHaveLength(1)
  })

  it('is cancelled with its task, and asked anew when that is tried again', async () => {
    asks('a', 'sync')
    const a = await asked('a')
    const first = idOf()
    await bench.core.queue.cancel(a)
    expect(bench.core.blockers.get(first).state).toBe('cancelled')
    expect(() => bench.core.blockers.answer(first, 'late')).toThrow(/is cancelled/)
    const again = waiting(a)
    bench.core.queue.retry(a)
    await again
    expect(idOf()).not.toBe(first)
    bench.core.blockers.answer(idOf(), 'now')
    expect(await bench.resultOf(a)).toMatchObject({ output: expect.stringContaining('now') })
  })

  it('goes to the conversation of whoever began it all', async () => {
    const conversationId = await bench.core.chat.create({})
    asks('a', 'sync')
    const root = await bench.submit({ command: 'sleep 60', conversationId })
    await asked('a', { parentId: root })
    expect(bench.core.blockers.list({ conversationId, ...all }).blockers).toHaveLength(1)
    await bench.core.queue.cancel(root)
  })
})

describe('a question beside the work', () => {
  it('does not stop the task, which is told the answer before its next step', async () => {
    const hasAsked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    cast.plays('a', async ({ turn, heard }) => {
      if (turn === 0) {
        return { calls: [call('ask', 'ask_person', { question: 'Which port?' })] }
      }
      if (turn === 1) {
        hasAsked.resolve()
        await answered.promise
        return { calls: [call('look', 'list_files')] }
      }
      return finishes(heard)
    })
    const a = await bench.submit(agent('a'))
    await hasAsked.promise
    bench.core.blockers.answer(idOf(), '8080')
    answered.resolve()
    const { output } = await bench.resultOf(a)
    expect(output).toContain('The person answers your question “Which port?”:\n\n8080')
  })
})

describe('a question that expires', () => {
  it('lets the agent decide for itself', async () => {
    await bench.core.settings.change({ questionExpiryHours: 1e-6 })
    asks('a', 'sync')
    const a = await bench.submit(agent('a'))
    expect(await bench.resultOf(a)).toMatchObject({
      output: expect.stringMatching(/^timeout: nobody answered in time/),
    })
    const { blockers } = bench.core.blockers.list({ taskId: a, ...all })
    expect(blockers).toMatchObject([{ state: 'expired' }])
  })

  it('never does by default', async () => {
    asks('a', 'sync')
    const a = await asked('a')
    expect(open()[0]?.expiresAt).toBeUndefined()
    await bench.core.queue.cancel(a)
  })
})

it('an agent that lasts asks as well, and goes on when it is resumed after the answer', async () => {
  const address = { sessionId: 's', agentId: 'keeper' }
  const { agents, blockers, queue } = bench.core
  asks('keeper', 'sync')
  await agents.create(address, true, {})
  const parked = bench.heard(
    (event) => event.name === 'task.waiting' && event.payload.waitingFor.reason === 'answer',
  )
  const id = agents.sendTask(address, 'keep it')
  await parked
  await agents.pause(address)
  blockers.answer(idOf(), 'yes')
  expect(queue.getStatus(id).state).toBe('pending')
  await agents.resume(address)
  expect(await bench.resultOf(id)).toMatchObject({ output: expect.stringContaining('yes') })
})
