import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskId } from '../../src/shared/model/ids.js'
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

const all = { before: Number.MAX_SAFE_INTEGER, limit: 100 }
const open = () => bench.core.blockers.list({ state: 'open', ...all }).blockers
const ask = (id: string, question: string) =>
  call(id, 'ask_person', { question, kind: 'sync', options: [] })
const parked = () =>
  bench.heard(
    ({ name, payload }) => name === 'task.waiting' && payload.waitingFor.reason === 'answer',
  )

async function submitted(name: string): Promise<TaskId> {
  const waits = parked()
  const work = { description: 'work', type: 'agent_execution', agentType: name } as const
  const id = await bench.submit(work)
  await waits
  return id
}

describe('questions', () => {
  it('are mended at the start when the answer was kept and the task was not woken', async () => {
    cast.plays('a', ({ turn, heard }) =>
      turn === 0 ? { calls: [ask('one', 'Which port?')] } : finishes(heard),
    )
    const id = await submitted('a')
    await bench.tamper(
      `UPDATE blockers SET state = 'resolved', answer = '8080', resolved_at_ms = 1`,
    )
    expect(await bench.resultOf(id)).toMatchObject({ output: expect.stringContaining('8080') })
    expect(cast.asked.filter((turn) => turn === 'a 1')).toHaveLength(1)
  })

  it('of one step all have to be answered before the task goes on', async () => {
    cast.plays('a', ({ turn, heard }) =>
      turn === 0
        ? { calls: [ask('one', 'Which port?'), ask('two', 'Which host?')] }
        : finishes(heard),
    )
    const id = await submitted('a')
    for (let rest = 4; open().length > 0 && rest > 0; rest--) {
      const waits = parked()
      const [question, ...more] = open()
      bench.core.blockers.answer(question?.id ?? expect.fail(), `re ${question?.question}`)
      if (more.length === 0) await Promise.race([waits, bench.resultOf(id)])
    }
    const { output } = await bench.resultOf(id)
    expect(output).toContain('re Which port?')
    expect(output).toContain('re Which host?')
    expect(cast.asked.filter((turn) => turn === 'a 1')).toHaveLength(1)
  })

  it('are answered while the queue is paused, and the task goes on when it is resumed', async () => {
    cast.plays('a', ({ turn, heard }) =>
      turn === 0 ? { calls: [ask('one', 'Which port?')] } : finishes(heard),
    )
    const id = await submitted('a')
    bench.core.queue.pause()
    bench.core.blockers.answer(open()[0]?.id ?? expect.fail(), '8080')
    await bench.restart()
    expect(bench.core.queue.getStatus(id).state).toBe('pending')
    bench.core.queue.resume()
    expect(await bench.resultOf(id)).toMatchObject({ output: expect.stringContaining('8080') })
  })

  it('can be named among the tools of an agent that lasts', async () => {
    const address = { sessionId: 's', agentId: 'keeper' }
    await bench.core.agents.create(address, true, { tools: ['read_file', 'ask_person'] })
  })
})
