import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ModelError } from '../../src/main/core/models/model-client.js'
import { CoreBench } from '../support/core-bench.js'
import { call, lastBlocks, silence } from '../support/scripted-model.js'

let bench: CoreBench
beforeEach(async () => {
  bench = await CoreBench.start()
})
afterEach(() => bench.close())

const finish = (success: boolean, report: string) => ({
  calls: [call('finish', 'finish', { success, report })],
})
const agent = { type: 'agent_execution', description: 'do something' } as const

describe('a command', () => {
  it('gives its output', async () => {
    const { id, result } = await bench.run({ command: 'echo out; echo err >&2; pwd' })
    expect(result).toMatchObject({ success: true })
    expect(String(result.output).split('\n').sort()).toEqual(['', bench.workspace, 'err', 'out'])
    expect(bench.core.queue.traces.log(id, 0)).toMatchObject({
      text: result.output,
      complete: true,
    })
    expect(bench.core.queue.get(id).task.steps).toEqual([
      { title: 'echo out; echo err >&2; pwd', state: 'done' },
    ])
  })

  it.each([
    ['exit 3', 'command_failed', 'exit code 3: exit 3'],
    ['echo "a\\b"; exit 1', 'command_failed', 'exit code 1: echo "a\\b"; exit 1'],
    ['\nset -e\nfalse\n', 'command_failed', 'exit code 1: set -e …'],
    [`exit 2 # ${'x'.repeat(300)}`, 'command_failed', `exit code 2: exit 2 # ${'x'.repeat(191)} …`],
    ['kill -9 $$', 'command_failed', 'ended by SIGKILL: kill -9 $$'],
  ])('%s fails', async (command, code, message) => {
    const { result } = await bench.run({ command })
    expect(result).toMatchObject({ success: false, error: { code, message } })
  })

  it('is ended when it floods', async () => {
    const { result } = await bench.run({ command: 'yes' })
    expect(result.error).toEqual({
      code: 'limit_exceeded',
      message: 'ended after 50 MB of output (a higher limits.outputBytes allows more): yes',
    })
  })

  it('is ended after its time, with its children, and keeps its output', async () => {
    const { result } = await bench.run({
      command: 'echo begun; sh -c "sleep 60" & sleep 60',
      timeoutMs: 500,
    })
    expect(result).toMatchObject({ error: { code: 'timeout' }, output: 'begun\n' })
  })

  it('is cancelled while it runs', async () => {
    const id = await bench.submit({ command: 'echo begun; sleep 60' })
    await bench.heard((event) => event.name === 'task.output')
    expect(await bench.core.queue.cancel(id)).toBe('cancelled')
    expect(bench.core.queue.getResult(id)).toMatchObject({ success: false, output: 'begun\n' })
  })

  it('cannot be started in a folder that is gone', async () => {
    bench.core.queue.pause()
    const id = await bench.submit({ command: 'true' })
    const { rmSync } = await import('node:fs')
    rmSync(bench.workspace, { recursive: true })
    bench.core.queue.resume()
    expect(await bench.resultOf(id)).toMatchObject({
      error: {
        code: 'command_failed',
        message: `could not start, the folder ${bench.workspace} does not exist: true`,
      },
    })
  })

  it('of type build is found in the workspace', async () => {
    writeFileSync(join(bench.workspace, 'Makefile'), 'build:\n\t@echo built\n')
    expect((await bench.run({ type: 'build' })).result).toMatchObject({
      success: true,
      output: 'built\n',
    })
    expect((await bench.run({ type: 'e2e_test' })).result).toMatchObject({
      success: false,
      error: { code: 'not_found', message: expect.stringContaining('no end-to-end test command') },
    })
  })
})

describe('a task with limits', () => {
  it('fails with what it has put out, and says what it took and what would allow more', async () => {
    const { id, result } = await bench.run({
      command: 'echo begun; yes | head -c 100000; sleep 60',
      limits: { outputBytes: 2048 },
      maxAttempts: 3,
    })
    expect(result).toMatchObject({
      success: false,
      error: {
        code: 'limit_exceeded',
        message: expect.stringContaining(
          'ended after 2048 bytes of output (a higher limits.outputBytes',
        ),
      },
    })
    expect(result.output).toContain('begun')
    expect(bench.core.queue.get(id).task).toMatchObject({
      attempt: 1,
      limits: { outputBytes: 2048 },
    })
  })
})

describe('a task that depends on others', () => {
  it('is told what came out of them: a command by its environment, an agent in its task', async () => {
    const first = await bench.submit({ command: 'echo "the \\"answer\\""; echo 42' })
    const command = await bench.submit({
      command: 'node -p "JSON.parse(process.env.SMART_AGENTS_DEPENDENCY_RESULTS)[0].output"',
      dependencies: [first],
    })
    bench.model.add(finish(true, 'read'))
    const reader = await bench.submit({ ...agent, dependencies: [first] })
    expect((await bench.resultOf(command)).output).toBe('the "answer"\n42\n\n')
    expect(await bench.resultOf(reader)).toMatchObject({ success: true })
    expect(bench.model.requests[0]?.messages[0]?.content).toMatchObject([
      {
        text: expect.stringMatching(
          new RegExp(`<earlier-task id="${first}" state="completed">[\\s\\S]*\\n42\\n`),
        ),
      },
    ])
  })
})

describe('a key', () => {
  it('that a command prints is neither stored nor shown nor sent to the provider', async () => {
    bench.secrets.set('anthropic-api-key', 'sk-canary-0123456789')
    const command = 'printf sk-canary; sleep 0.1; echo -0123456789'
    bench.model.add({ calls: [call('1', 'run_command', { command })] }, finish(true, 'ok'))
    const { id } = await bench.run(agent)
    const { result } = await bench.run({ command })
    expect(result.output).toBe('[key]\n')
    expect(bench.core.queue.traces.log(id, 0).text).toContain('[key]')
    expect(JSON.stringify(lastBlocks(bench.model))).toContain('[key]')
    await bench.core.stop()
    const stored = readFileSync(join(bench.folder, 'smart-agents.db'), 'latin1')
    expect(stored).not.toContain('canary-0123456789')
  })
})

describe('an agent', () => {
  it('works with real tools and reports what it changed', async () => {
    bench.model.add(
      {
        text: 'I begin.',
        calls: [
          call('1', 'update_plan', { steps: [{ title: 'write', state: 'active' }] }),
          call('2', 'write_file', { path: 'a.txt', content: 'hello\n' }),
          call('3', 'run_command', { command: 'cat a.txt' }),
        ],
      },
      finish(true, '# Done'),
    )
    const { id, result } = await bench.run(agent)
    expect(result).toMatchObject({
      success: true,
      output: '# Done',
      metrics: { tokensUsed: 30, agentsInvolved: ['general-purpose'] },
      artifacts: { files: ['a.txt'], changes: 1 },
    })
    expect(readFileSync(join(bench.workspace, 'a.txt'), 'utf8')).toBe('hello\n')
    const log = bench.core.queue.traces.log(id, 0).text
    expect(log).toMatch(/I begin\.[\s\S]*cat a\.txt[\s\S]*hello/)
  })

  it('fails with its own report, and starts anew when it is tried again', async () => {
    bench.model.add(finish(false, '# It does not work\nreasons'), finish(true, 'now'))
    const { id, result } = await bench.run(agent)
    expect(result).toMatchObject({
      success: false,
      output: '# It does not work\nreasons',
      error: { code: 'command_failed', message: 'It does not work' },
    })
    bench.core.queue.retry(id)
    expect(await bench.resultOf(id)).toMatchObject({ success: true, output: 'now' })
    expect(bench.model.requests[1]?.messages).toHaveLength(1)
  })

  it('goes on where it stood when it is tried again after a failure of the provider', async () => {
    bench.model.add(
      { calls: [call('1', 'list_files')] },
      new ModelError('wrong key', { errorClass: 'permanent' }),
      finish(true, 'done'),
    )
    const { id, result } = await bench.run(agent)
    expect(result.error).toEqual({ code: 'provider_error', message: 'wrong key' })
    bench.core.queue.retry(id)
    expect(await bench.resultOf(id)).toMatchObject({ success: true })
    expect(bench.model.requests[2]?.messages).toHaveLength(3)
  })

  it('waits, without a slot, while the account is rate limited', async () => {
    const limited = new ModelError('rate limited', { errorClass: 'quota', retryAfterMs: 60_000 })
    bench.model.add(limited, finish(true, 'done'))
    const id = await bench.submit(agent)
    await bench.heard((event) => event.name === 'task.waiting')
    expect(bench.core.queue.getStatus(id)).toMatchObject({
      state: 'pending',
      waitingFor: { reason: 'quota', detail: expect.stringContaining('rate limited') },
    })
    expect(bench.core.queue.state().runningCount).toBe(0)
    expect(bench.core.isIdle()).toBe(false)
  })

  it('hears what a person says to it', async () => {
    bench.model.add(
      async () => {
        bench.core.queue.message(id, 'be brief')
        return finish(true, 'first')
      },
      finish(true, 'second'),
    )
    const id = await bench.submit(agent)
    expect(await bench.resultOf(id)).toMatchObject({ output: 'second' })
    expect(lastBlocks(bench.model).at(-1)).toEqual({ type: 'text', text: 'be brief' })
    expect(() => bench.core.queue.message(id, 'late')).toThrowError(/nobody would read/)
    const command = await bench.submit({ command: 'sleep 60' })
    expect(() => bench.core.queue.message(command, 'hi')).toThrowError(/only an agent/)
    await bench.core.queue.cancel(command)
  })

  it('ends it before the turn that its budget does not cover, and keeps what it said', async () => {
    bench.model.add({ text: 'Half of it.', calls: [call('1', 'list_files', {})] })
    const { id, result } = await bench.run({ type: 'analysis', budget: { tokens: 12 } })
    expect(result).toMatchObject({
      success: false,
      output: 'Half of it.',
      error: { code: 'budget_exceeded', message: expect.stringContaining('15 of 12 tokens') },
    })
    expect(bench.model.requests[0]?.maxTokens).toBe(12)
    expect(bench.core.queue.get(id).task.usage).toEqual({ tokens: 15, costUsd: null, turns: 1 })
  })

  it('follows the guide of the project', async () => {
    writeFileSync(join(bench.workspace, 'AGENTS.md'), 'Always write in haiku.')
    bench.model.add('no finish', 'still none')
    const { result } = await bench.run({ ...agent, input: { depth: 2 } })
    expect(result).toMatchObject({ success: true, output: 'still none' })
    expect(bench.model.requests[0]?.system).toContain('Always write in haiku.')
    expect(bench.model.requests[0]?.messages[0]?.content).toMatchObject([
      { text: expect.stringMatching(/^Task: do something\n[\s\S]*"depth": 2/) },
    ])
  })

  it('goes on after an orderly restart with the step that it was at', async () => {
    bench.model.add({ calls: [call('1', 'write_file', { path: 'a.txt', content: 'x' })] }, silence)
    const id = await bench.submit(agent)
    await bench.heard((event) => event.name === 'task.output')
    while (bench.model.requests.length < 2) await new Promise(setImmediate)
    await bench.core.stop()
    expect(existsSync(join(bench.workspace, 'a.txt'))).toBe(true)
    bench.model.add(finish(true, 'done'))
    await bench.restart()
    expect(await bench.resultOf(id)).toMatchObject({ success: true })
    expect(bench.model.requests).toHaveLength(3)
    expect(bench.core.queue.get(id).task.attempt).toBe(1)
  })

  it('says that its steps cannot be read any more', async () => {
    bench.model.add({ calls: [call('1', 'list_files')] }, silence)
    const id = await bench.submit(agent)
    while (bench.model.requests.length < 2) await new Promise(setImmediate)
    await bench.core.stop()
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(join(bench.folder, 'smart-agents.db'))
    db.prepare(`UPDATE agent_steps SET payload = 'damaged' WHERE step = 1`).run()
    db.close()
    await bench.restart()
    expect(await bench.resultOf(id)).toMatchObject({
      success: false,
      error: { code: 'invalid_state', message: expect.stringContaining('step 1 of run') },
    })
  })
})
