import { beforeEach, describe, expect, it } from 'vitest'
import {
  call,
  type Line,
  lastBlocks,
  ScriptedModel,
} from '../../../../test/support/scripted-model.js'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { SimulatedClock } from '../../../../test/support/simulated-clock.js'
import { EventLog } from '../events/event-log.js'
import { openDatabase } from '../store/database.js'
import type { ToolOutcome } from '../tools/tool.js'
import { type LoopEnd, type LoopOptions, runAgentLoop } from './agent-loop.js'
import { Transcript } from './transcript.js'

let log: EventLog
let executed: string[]
beforeEach(() => {
  log = new EventLog(openDatabase({ path: ':memory:' }), new SimulatedClock(), new SilentLogger())
  executed = []
})

const OUTCOMES: Readonly<Record<string, ToolOutcome>> = {
  read: { content: 'read it', isError: false },
  write: { content: 'wrote it', isError: false },
  finish: { content: 'finished', isError: false, finish: { success: true, report: '# Done' } },
}

function loop(model: ScriptedModel, change: Partial<LoopOptions> = {}): Promise<LoopEnd> {
  const transcript = change.transcript ?? Transcript.load(log, 'run')
  if (transcript.isEmpty) transcript.append({ kind: 'begin', attempt: 1, text: 'do it' })
  return runAgentLoop({
    transcript,
    system: 'system',
    tools: {
      definitions: [],
      mayRepeat: (name) => name === 'read',
      execute: async (use, noteChange) => {
        executed.push(use.name)
        if (use.name === 'write') noteChange('a.txt')
        return OUTCOMES[use.name] ?? { content: 'not_found: no such tool', isError: true }
      },
    },
    model: (request, onText) => model.turn({ ...request, onText }),
    signal: new AbortController().signal,
    maxTurns: 20,
    maxTokens: () => 100,
    mustFinish: true,
    ...change,
  })
}

const finish: Line = { text: 'Done.', calls: [call('f', 'finish')] }
const finished = { kind: 'finished', success: true, report: '# Done' }

describe('the loop', () => {
  it('runs tools in order until the agent finishes, and keeps what changed', async () => {
    const model = new ScriptedModel(
      { text: 'First.', calls: [call('1', 'read'), call('2', 'write')] },
      finish,
    )
    expect(await loop(model)).toEqual(finished)
    expect(executed).toEqual(['read', 'write', 'finish'])
    expect(model.requests[1]?.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'do it' }] },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'First.' },
          { type: 'tool_use', id: '1', name: 'read', input: {} },
          { type: 'tool_use', id: '2', name: 'write', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', toolUseId: '1', content: 'read it', isError: false },
          { type: 'tool_result', toolUseId: '2', content: 'wrote it', isError: false },
        ],
      },
    ])
    expect(Transcript.load(log, 'run').changes()).toEqual(['a.txt'])
  })

  it('tells the model of a tool that does not exist', async () => {
    const model = new ScriptedModel({ calls: [call('1', 'fly')] }, finish)
    expect(await loop(model)).toEqual(finished)
    expect(lastBlocks(model)).toMatchObject([{ content: 'not_found: no such tool', isError: true }])
  })

  it('reminds an agent once that it has to finish, then takes its words', async () => {
    const model = new ScriptedModel('I think I am done.', 'Really.')
    expect(await loop(model)).toEqual({ kind: 'answered', text: 'Really.' })
    expect(lastBlocks(model)).toMatchObject([{ text: expect.stringContaining('call finish') }])
  })

  it('lets a chat end with plain words', async () => {
    const model = new ScriptedModel('Hello.')
    expect(await loop(model, { mustFinish: false })).toEqual({ kind: 'answered', text: 'Hello.' })
  })

  it('ends after the turns that it may have', async () => {
    const model = new ScriptedModel(
      ...Array.from({ length: 5 }, (_, i) => ({ calls: [call(`${i}`, 'read')] })),
    )
    expect(await loop(model, { maxTurns: 3 })).toEqual({ kind: 'too_many_turns', turns: 3 })
    expect(model.linesLeft).toBe(2)
  })

  it('goes on after an answer that was cut, and ends after a refusal', async () => {
    let turns = 0
    const cut: LoopOptions['model'] = async () => {
      turns += 1
      return {
        content: [{ type: 'text', text: `part ${turns}` }],
        stopReason: turns === 1 ? 'max_tokens' : 'refusal',
        usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
        model: 'm',
      }
    }
    expect(await loop(new ScriptedModel(), { model: cut })).toEqual({
      kind: 'refused',
      text: 'part 2',
    })
  })

  it('hands over what was said meanwhile, and does not finish past it', async () => {
    const said = [['look at b too'], [], [], []]
    let unread = false
    const model = new ScriptedModel(() => {
      unread = true
      return finish
    }, finish)
    const end = await loop(model, {
      takeMessages: () => {
        if (unread) said.unshift(['one more thing'])
        unread = false
        return (said.shift() ?? []).map((text) => ({ kind: 'user' as const, text }))
      },
      hasMessages: () => unread,
    })
    expect(end).toEqual(finished)
    expect(model.requests[0]?.messages[0]?.content).toMatchObject([
      { text: 'do it' },
      { text: 'look at b too' },
    ])
    expect(lastBlocks(model)).toMatchObject([
      { content: expect.stringMatching(/^invalid_state: not finished yet/), isError: true },
      { text: 'one more thing' },
    ])
  })
})

describe('after a crash', () => {
  /** Runs until the model or a tool throws, as if the process had died there. */
  async function dieIn(model: ScriptedModel, change: Partial<LoopOptions> = {}): Promise<void> {
    await expect(loop(model, change)).rejects.toThrow()
  }
  const dying = (dieOn: string): Partial<LoopOptions> => ({
    tools: {
      definitions: [],
      mayRepeat: (name) => name === 'read',
      execute: async (use) => {
        executed.push(use.name)
        if (use.name === dieOn) throw new Error('dead')
        return OUTCOMES[use.name] ?? { content: '', isError: true }
      },
    },
  })

  it('asks for no committed turn again, and repeats no call that has a result', async () => {
    await dieIn(new ScriptedModel({ calls: [call('1', 'write')] }, new Error('dead')))
    const model = new ScriptedModel(finish)
    expect(await loop(model)).toEqual(finished)
    expect(executed).toEqual(['write', 'finish'])
    expect(model.requests).toHaveLength(1)
  })

  it('runs a call again that only reads', async () => {
    await dieIn(new ScriptedModel({ calls: [call('1', 'read')] }), dying('read'))
    expect(await loop(new ScriptedModel(finish))).toEqual(finished)
    expect(executed).toEqual(['read', 'read', 'finish'])
  })

  it('never repeats a call that may have happened, and says so to the model', async () => {
    await dieIn(
      new ScriptedModel({ calls: [call('1', 'write'), call('2', 'write')] }),
      dying('write'),
    )
    const model = new ScriptedModel(finish)
    expect(await loop(model)).toEqual(finished)
    expect(lastBlocks(model)).toMatchObject([
      { toolUseId: '1', content: 'interrupted: may have happened, check before repeating' },
      { toolUseId: '2', content: 'wrote it' },
    ])
    expect(executed).toEqual(['write', 'write', 'finish'])
  })

  it('finds a finished run finished', async () => {
    await loop(new ScriptedModel(finish))
    expect(await loop(new ScriptedModel())).toEqual(finished)
  })

  it('stops at the signal and leaves the call open', async () => {
    const controller = new AbortController()
    const model = new ScriptedModel({ calls: [call('1', 'write')] })
    const stopping = loop(model, {
      signal: controller.signal,
      onToolStart: () => controller.abort(),
    })
    await expect(stopping).rejects.toMatchObject({ code: 'cancelled' })
    expect(Transcript.load(log, 'run').openCalls()).toMatchObject([{ begun: true }])
  })

  it('refuses to guess at a step that cannot be read', async () => {
    await loop(new ScriptedModel(finish))
    log.query((db) => db.prepare(`UPDATE agent_steps SET payload = '{}' WHERE step = 1`).run())
    expect(() => Transcript.load(log, 'run')).toThrowError(/step 1 of run run cannot be read/)
  })
})

describe('a run that gets nowhere', () => {
  it('is ended when the same call fails again and again', async () => {
    const lines = Array.from({ length: 9 }, (_, i): Line => ({ calls: [call(`${i}`, 'fly')] }))
    const model = new ScriptedModel(...lines)
    expect(await loop(model)).toEqual({
      kind: 'stuck',
      reason: 'the same call failed 5 times in a row: not_found: no such tool',
    })
    expect(model.requests).toHaveLength(5)
  })

  it('goes on when something else happens in between', async () => {
    const fly = (id: string): Line => ({ calls: [call(id, 'fly')] })
    const model = new ScriptedModel(
      ...['1', '2', '3', '4'].map(fly),
      { calls: [call('5', 'read')] },
      ...['6', '7', '8', '9'].map(fly),
      finish,
    )
    expect(await loop(model)).toEqual(finished)
  })

  it('is ended when its answer is cut again and again', async () => {
    const cut: LoopOptions['model'] = async () => ({
      content: [{ type: 'text', text: 'and so on' }],
      stopReason: 'max_tokens',
      usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
      model: 'm',
    })
    expect(await loop(new ScriptedModel(), { model: cut })).toEqual({
      kind: 'stuck',
      reason: expect.stringContaining('cut at its length limit 3 times in a row'),
    })
  })
})
