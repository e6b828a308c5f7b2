import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Transcript } from '../../src/main/core/agents/transcript.js'
import { EventLog } from '../../src/main/core/events/event-log.js'
import { openDatabase } from '../../src/main/core/store/database.js'
import type { TaskId } from '../../src/shared/model/ids.js'
import { CoreBench } from '../support/core-bench.js'
import { replay } from '../support/replay.js'
import { call } from '../support/scripted-model.js'
import { SilentLogger } from '../support/silent-logger.js'
import { SimulatedClock } from '../support/simulated-clock.js'

let bench: CoreBench
beforeEach(async () => {
  bench = await CoreBench.start()
})
afterEach(() => bench.close())

/** The steps of a task's first run, as they lie in the store. */
function recordingOf(id: TaskId) {
  const db = openDatabase({ path: `${bench.folder}/smart-agents.db` })
  const log = new EventLog(db, new SimulatedClock(), new SilentLogger())
  const { steps } = Transcript.load(log, `${id}.1`)
  db.close()
  return steps
}

const agent = { type: 'agent_execution', description: 'do something' } as const

describe('a recorded run, played again', () => {
  it('comes out the same: tools, errors, a message in the middle, a reminder, the end', async () => {
    bench.model.add(
      { text: 'I look.', calls: [call('a', 'list_files'), call('b', 'read_file', { path: 'no' })] },
      async ({ system }) => {
        expect(system).toContain('agent')
        const [id] = bench.core.queue.state().running
        bench.core.queue.message(id as TaskId, 'and hurry')
        return { calls: [call('c', 'write_file', { path: 'out.txt', content: 'x' })] }
      },
      'I forgot to finish.',
      { calls: [call('d', 'finish', { success: true, report: 'done' })] },
    )
    const { id, result } = await bench.run(agent)
    expect(result).toMatchObject({ success: true, output: 'done' })
    const recorded = recordingOf(id)
    expect(recorded.map(({ kind }) => kind)).toContain('user')
    const { steps, end } = await replay(recorded)
    expect(steps).toEqual(recorded)
    expect(end).toEqual({ kind: 'finished', success: true, report: 'done' })
  })

  it('comes out the same for an agent that gets nowhere', async () => {
    for (let n = 0; n < 5; n++) {
      bench.model.add({ calls: [call(`c${n}`, 'read_file', { path: 'missing' })] })
    }
    const { id } = await bench.run(agent)
    const recorded = recordingOf(id)
    const { steps, end } = await replay(recorded)
    expect(steps).toEqual(recorded)
    expect(end.kind).toBe('stuck')
  })
})
