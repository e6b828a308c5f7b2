import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { ConversationId } from '../../../shared/model/ids.js'
import { workflowTools } from '../chat/workflow-tools.js'
import { insertConversation } from '../store/queries/conversations.js'
import { buildPlan } from './build-plan.js'
import { Workflows } from './workflows.js'

const resourcesDirectory = join(import.meta.dirname, '../../../../resources')
const id = 'conv_1' as ConversationId

let root: string
let bench: QueueBench
let workflows: Workflows
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'smart-agents-workflows-'))
  await mkdir(join(root, 'data/workflows'), { recursive: true })
  await mkdir(join(root, 'work/.smart-agents/workflows'), { recursive: true })
  bench = new QueueBench()
  await bench.start()
  workflows = new Workflows({
    queue: () => bench.queue,
    resourcesDirectory,
    dataDirectory: join(root, 'data'),
    defaultWorkspace: () => join(root, 'work'),
  })
})
afterEach(async () => {
  bench.db.close()
  await rm(root, { recursive: true })
})

const put = (name: string, goal: string) =>
  writeFile(join(root, name), `goal: ${goal}\nparts:\n  - { key: a, title: A, description: d }\n`)
const OURS = 'work/.smart-agents/workflows'

it('those of the program have no problem and make plans', async () => {
  const { workflows: found, problems } = await workflows.list(undefined)
  expect(problems).toEqual([])
  expect(found.map(({ name }) => name)).toEqual([
    'code-review-and-refactor',
    'multi-feature',
    'plan-code-integrate-test',
    'research-and-implement',
  ])
  for (const workflow of found) {
    const required = workflow.inputs.filter((input) => input.required)
    const plan = buildPlan(workflow, Object.fromEntries(required.map(({ name }) => [name, 'x'])))
    const checks = plan.parts.flatMap((part) => part.checks)
    expect(checks).toContainEqual({ kind: 'command', name: 'tests', command: 'npm test' })
  }
  const multi = await workflows.get('multi-feature', undefined)
  const inputs = { feature1: 'a', feature3: 'c' }
  expect(buildPlan(multi, inputs).parts.at(-1)?.dependsOn).toEqual(['feature-1', 'feature-3'])
})

it('the workspace holds over the person, and the person over the program', async () => {
  await put('data/workflows/multi-feature.yml', 'of the person')
  await put('data/workflows/both.yaml', 'of the person')
  await put(`${OURS}/both.yaml`, 'of the workspace')
  expect(await workflows.get('multi-feature', undefined)).toMatchObject({ source: 'user' })
  expect(await workflows.get('both', undefined)).toMatchObject({ source: 'workspace' })
})

it('what is wrong with a file is told, and hides no other', async () => {
  await put(`${OURS}/good.yaml`, 'g')
  await put(`${OURS}/good.yml`, 'again')
  await put(`${OURS}/bad.yaml`, '"{{x}}"')
  await put('secret.yaml', 'outside')
  await symlink(join(root, 'secret.yaml'), join(root, OURS, 'link.yaml'))
  const { workflows: found, problems } = await workflows.list(undefined)
  expect(found.filter(({ source }) => source === 'workspace')).toHaveLength(1)
  expect(problems).toMatchObject([
    { path: expect.stringMatching(/bad\.yaml$/), line: 1, severity: 'error' },
    { path: expect.stringMatching(/good\.yml$/), severity: 'warning' },
    { path: expect.stringMatching(/link\.yaml$/), severity: 'error' },
  ])
  await expect(workflows.get('bad', undefined)).rejects.toThrow(/bad\.yaml:1: goal/)
  await expect(workflows.get('none', undefined)).rejects.toMatchObject({ code: 'not_found' })
})

it('a chat starts one as a lead with its plan, once for one call', async () => {
  await put(`${OURS}/good.yaml`, 'do it')
  const workspace = join(root, 'work')
  insertConversation(bench.db, { id, title: 't', titledBy: 'program', workspace, createdAtMs: 0 })
  const tools = workflowTools(workflows, { id, workspace })
  const run = async (name: string, input: object) => {
    const tool = tools.find((candidate) => candidate.name === name)
    const context = { callId: 'c1', workspace, signal: new AbortController().signal }
    return bench.during(
      (async () => tool?.run(tool.input.parse(input), context as Parameters<typeof tool.run>[1]))(),
    )
  }
  expect((await run('list_workflows', {}))?.content).toContain('"name":"good"')
  expect(await run('start_workflow', { name: 'good', inputs: { x: 'y' } })).toMatchObject({
    isError: true,
    content: expect.stringMatching(/^invalid_params: inputs: unknown: x/),
  })
  const first = await run('start_workflow', { name: 'good' })
  expect(first?.isError).toBe(false)
  expect(await run('start_workflow', { name: 'good' })).toEqual(first)
  const { tasks } = bench.queue.list({ limit: 10 })
  expect(tasks).toMatchObject([{ type: 'orchestration', description: 'do it', conversationId: id }])
})
