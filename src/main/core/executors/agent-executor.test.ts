import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import { call, type Line, ScriptedModel } from '../../../../test/support/scripted-model.js'
import { SimulatedClock } from '../../../../test/support/simulated-clock.js'
import { AgentDefinitions } from '../agents/definitions/load-definitions.js'
import { ModelAccess } from '../models/model-access.js'
import { ModelError } from '../models/model-client.js'
import { createProviderGate } from '../models/provider-gate.js'
import type { ExecutionContext, ExecutionOutcome } from '../scheduler/executor.js'
import { selectTask } from '../store/queries/tasks.js'
import { finishTool } from '../tools/finish.js'
import { runCommandTool } from '../tools/run-command.js'
import { createToolRegistry } from '../tools/tool-registry.js'
import { AgentExecutor } from './agent-executor.js'

/** An agent's executor on a stored task that a queue does not touch, so that a test plays the crashes. */
class Bench {
  readonly #bench = new QueueBench()
  readonly #definitions: AgentDefinitions | undefined

  constructor(definitions?: AgentDefinitions) {
    this.#definitions = definitions
  }

  async execute(attempt: number, model: ScriptedModel): Promise<ExecutionOutcome> {
    const { log, clock, ids, logger } = this.#bench
    const gate = createProviderGate({ clock, logger, limit: () => 6 })
    const models = new ModelAccess({ clock, ids, logger, gate, client: async () => model })
    const tools = createToolRegistry([runCommandTool, finishTool], { logger })
    const definitions = this.#definitions
    const executor = new AgentExecutor({
      log,
      clock,
      logger,
      models,
      tools,
      secrets: () => [],
      ...(definitions === undefined ? {} : { definitions }),
    })
    return executor.execute(await this.#context(attempt))
  }

  async #context(attempt: number): Promise<ExecutionContext> {
    const { log, clock } = this.#bench
    const id = await this.#bench.submit({
      description: 'do it',
      type: 'analysis',
      command: undefined,
      idempotencyKey: 'one',
    })
    const stored = log.query((db) => selectTask(db, id, clock.now())) ?? expect.fail()
    return {
      task: { ...stored, attempt },
      workspace: stored.workspace,
      earlier: () => [],
      signal: new AbortController().signal,
      elapsedMs: () => 0,
      mustGiveWay: () => false,
      output: () => undefined,
      setPlan: () => undefined,
      spawn: () => Promise.reject(new Error('no processes here')),
      outputTail: () => '',
    }
  }
}

const finish = (success: boolean, report: string) => ({
  calls: [call('f', 'finish', { success, report })],
})
const wrongKey = new ModelError('wrong key', { errorClass: 'permanent' })

describe('a crash between the last step of a run and the end of its task', () => {
  it('asks for nothing again', async () => {
    const bench = new Bench()
    await bench.execute(1, new ScriptedModel(finish(true, 'done')))
    const model = new ScriptedModel()
    expect(await bench.execute(1, model)).toMatchObject({ kind: 'completed', output: 'done' })
    expect(model.requests).toEqual([])
  })

  it('asks for nothing again in an attempt that had gone on with an earlier run', async () => {
    const bench = new Bench()
    await bench.execute(1, new ScriptedModel(wrongKey))
    await bench.execute(2, new ScriptedModel(finish(true, 'done')))
    const model = new ScriptedModel()
    expect(await bench.execute(2, model)).toMatchObject({ kind: 'completed', output: 'done' })
    expect(model.requests).toEqual([])
  })
})

it('begins anew in the attempt after one that finished without success', async () => {
  const bench = new Bench()
  await bench.execute(1, new ScriptedModel(finish(false, 'no')))
  const model = new ScriptedModel(finish(true, 'done'))
  expect(await bench.execute(2, model)).toMatchObject({ kind: 'completed', output: 'done' })
  expect(model.requests[0]?.messages).toHaveLength(1)
})

describe('an agent with a definition', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'executor-'))
    mkdirSync(join(folder, 'agents'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const command = { calls: [call('c', 'run_command', { command: 'true' })] }
  const run = (fields: string, ...lines: readonly Line[]) => {
    const text = `---\nname: analyzer\ndescription: d\n${fields}\n---\nYou count beans.`
    writeFileSync(join(folder, 'agents/analyzer.md'), text)
    const knownTools = ['run_command', 'update_plan', 'finish']
    const none = join(folder, 'none')
    const definitions = new AgentDefinitions({
      clock: new SimulatedClock(),
      homeDirectory: none,
      dataDirectory: folder,
      knownTools,
    })
    const model = new ScriptedModel(...lines)
    return { model, end: new Bench(definitions).execute(1, model) }
  }

  it('is told what the file says', async () => {
    const { model, end } = run('model: big', finish(true, 'done'))
    await end
    expect(model.requests[0]).toMatchObject({
      system: expect.stringMatching(/Your role: analyzer\.\n\nYou count beans\.$/),
      model: 'big',
      tools: [{ name: 'run_command' }, { name: 'finish' }],
    })
  })

  it('may use only the tools that were granted', async () => {
    const { model, end } = run('tools: []', command, finish(true, 'done'))
    expect(await end).toMatchObject({ kind: 'completed', output: 'done' })
    expect(model.requests[0]?.tools).toMatchObject([{ name: 'finish' }])
    expect(model.requests[1]?.messages.at(-1)?.content).toEqual([
      {
        type: 'tool_result',
        toolUseId: 'c',
        content: 'forbidden: run_command was not granted to you; your tools are finish',
        isError: true,
      },
    ])
  })

  it('may take the turns that the file says', async () => {
    const { end } = run('limits: {maxTurns: 1}\ntools: []', command, finish(true, 'done'))
    expect(await end).toMatchObject({ kind: 'failed', error: { code: 'limit_exceeded' } })
  })
})
