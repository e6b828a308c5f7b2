import { beforeEach, describe, expect, it } from 'vitest'
import { NO_USAGE } from '../../../../test/support/scripted-model.js'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { SimulatedClock } from '../../../../test/support/simulated-clock.js'
import { EventLog } from '../events/event-log.js'
import type { ModelTurn } from '../models/model-client.js'
import { openDatabase } from '../store/database.js'
import { Transcript } from './transcript.js'

let log: EventLog
beforeEach(() => {
  log = new EventLog(openDatabase({ path: ':memory:' }), new SimulatedClock(), new SilentLogger())
})

function turn(...ids: readonly string[]): ModelTurn {
  return {
    content: ids.map((id) => ({ type: 'tool_use', id, name: 'read', input: { id } })),
    stopReason: 'tool_use',
    usage: NO_USAGE,
    model: 'm',
  }
}

const openIds = (transcript: Transcript) => transcript.openCalls().map(({ call }) => call.id)

describe('calls of tools', () => {
  it('get names of their own when a server does not give them any, or gives one twice', () => {
    const transcript = Transcript.load(log, 'run')
    transcript.appendTurn(turn('', '', 'a', 'a'))
    expect(openIds(transcript)).toEqual(['call_2', 'call_3', 'a', 'a_2'])
  })

  it('get names of their own when a server counts anew in every turn', () => {
    const first = Transcript.load(log, 'run')
    first.appendTurn(turn('1', '2'))
    for (const toolUseId of openIds(first)) {
      first.append({ kind: 'result', toolUseId, content: '', isError: false, changes: [] })
    }
    const later = Transcript.load(log, 'run')
    later.appendTurn(turn('1'))
    expect(openIds(later)).toEqual(['1_2'])
    expect(later.messages().at(-1)?.content).toMatchObject([
      { toolUseId: '1_2', content: expect.stringMatching(/^cancelled: stopped/) },
    ])
  })
})

describe('attempts', () => {
  it('are those that began it or went on with it; turns are counted from there', () => {
    const transcript = Transcript.load(log, 'run')
    expect(transcript.attempt).toBeNull()
    transcript.append({ kind: 'begin', attempt: 1, text: 'do it' })
    transcript.appendTurn(turn('1'))
    expect([transcript.attempt, transcript.turns]).toEqual([1, 1])
    transcript.append({ kind: 'resume', attempt: 2 })
    expect([transcript.attempt, transcript.turns]).toEqual([2, 0])
    expect(openIds(transcript)).toEqual(['1'])
    expect(Transcript.load(log, 'run').attempt).toBe(2)
  })
})
