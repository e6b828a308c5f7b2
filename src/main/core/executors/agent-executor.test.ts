import { describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import { call, ScriptedModel } from '../../../../test/support/scripted-model.js'
import { ModelAccess } from '../models/model-access.js'
import { ModelError } from '../models/model-client.js'
import { createProviderGate } from '../models/provider-gate.js'
import type { ExecutionContext, ExecutionOutcome } from '../scheduler/executor.js'
import { selectTask } from '../store/queries/tasks.js'
import { finishTool } from '../tools/finish.js'
import { createToolRegistry } from '../tools/tool-registry.js'
import { AgentExecutor } from './agent-executor.js'

/** An agent's executor on a stored task that a queue does not touch, so that a test plays the crashes. */
class Bench {
  readonly #bench = new QueueBench()

  async execute(attempt: number, model: ScriptedModel): Promise<ExecutionOutcome> {
    const { log, clock, ids, logger } = this.#bench
    const gate = createProviderGate({ clock, logger, limit: () => 6 })
    const models = new ModelAccess({ clock, ids, logger, gate, client: async () => model })
    const tools = createToolRegistry([finishTool], { logger })
    const executor = new AgentExecutor({ log, clock, models, tools, secrets: () => [] })
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
