import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { TaskId } from '../../src/shared/model/ids.js'
import { Workflow } from '../../src/shared/model/workflow.js'
import { AppError } from '../../src/shared/rpc/errors.js'
import { cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const taskId = TaskId.parse('task_1')
const workflow = Workflow.parse({
  name: 'ship',
  description: 'Ships a thing.',
  inputs: [{ name: 'what', description: 'The thing', required: true }],
  goal: 'ship {{what}}',
  parts: [{ key: 'a', title: 'Pack {{what}}', description: 'd', agent: 'writer', when: 'what' }],
  source: 'builtin',
  path: '/p/ship.yaml',
})
const spent = { tokens: 13_000, costUsd: 2, unpricedTokens: 12_000, turns: 3 }

let dataDirectory: string
let host: ScriptedHost
beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-workflow-cli-'))
  host = await ScriptedHost.start(dataDirectory)
  host.answer('workflow.start', () => ({ taskId }))
})
afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

const run = (...argv: string[]) => cli(argv, { dataDirectory })
const started = () => host.calls.find(({ method }) => method === 'workflow.start')?.params

it('workflow list and show say what there is and what is wrong', async () => {
  const problems = [
    { path: '/p/bad.yaml', line: 3, message: 'goal: is missing', severity: 'error' as const },
  ]
  host.answer('workflow.list', () => ({ workflows: [workflow], problems }))
  host.answer('workflow.get', () => ({ workflow }))
  const list = await run('workflow', 'list')
  expect(list.stdout).toContain('ship (built in)\n  Ships a thing.')
  expect(list.stderr).toContain('error: /p/bad.yaml:3: goal: is missing')
  const shown = await run('workflow', 'show', 'ship')
  expect(shown.stdout).toContain('what: The thing')
  expect(shown.stdout).toContain('a: Pack {{what}} (writer; only with what)')
  expect(JSON.parse((await run('workflow', 'show', 'ship', '--json')).stdout)).toEqual({ workflow })
})

it('workflow run starts it with its inputs, also from files', async () => {
  const file = path.join(dataDirectory, 'what.txt')
  await writeFile(file, 'a = b\n')
  const { stdout, exitCode } = await run(
    ...['workflow', 'run', 'ship', '--input', 'x=1=2', '--input', `what=@${file}`],
    ...['--async', '--json', '--workspace', '/w', '--conversation', 'conv_1'],
  )
  expect([exitCode, JSON.parse(stdout)]).toEqual([0, { taskId }])
  expect(started()).toEqual({
    name: 'ship',
    inputs: { x: '1=2', what: 'a = b' },
    workspace: '/w',
    conversationId: 'conv_1',
  })
})

it('workflow run waits for the result, and tells what is refused', async () => {
  host.answer('task.result', () => ({
    success: false,
    output: 'half of it',
    error: { code: 'internal' as const, message: 'no' },
    metrics: { duration: 1, tokensUsed: 0, agentsInvolved: [] },
  }))
  expect(await run('workflow', 'run', 'ship')).toMatchObject({ exitCode: 1 })
  expect(await run('workflow', 'run', 'ship', '--input', 'what')).toMatchObject({ exitCode: 2 })
  host.answer('workflow.start', () => {
    throw new AppError('invalid_params', 'inputs: missing: what')
  })
  const refused = await run('workflow', 'run', 'ship')
  expect(refused.stderr).toContain('inputs: missing: what')
})

it('costs are a table, and say which tokens have no price', async () => {
  const tasks = { ...spent, tasks: 4 }
  host.answer('cost.summary', () => ({
    total: tasks,
    byDay: [{ day: '2026-01-03', ...tasks }],
    byAgent: [{ agent: 'writer', ...tasks }],
  }))
  host.answer('cost.tree', () => ({ own: spent, below: tasks, total: tasks }))
  const { stdout } = await run('costs', '--days', '30')
  expect(stdout).toMatch(/2026-01-03\s+4\s+3\s+13,000\s+\$2\.00/)
  expect(stdout).toContain('12,000 tokens of models without a known price')
  expect(host.calls.find(({ method }) => method === 'cost.summary')?.params).toEqual({ days: 30 })
  expect((await run('costs', '--task', 'task_1')).stdout).toMatch(/Below it\s+4/)
  expect(await run('costs', '--task', 'task_1', '--days', '3')).toMatchObject({ exitCode: 2 })
})
