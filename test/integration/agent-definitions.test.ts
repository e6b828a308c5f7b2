import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { HostProcess } from '../support/host-process.js'

const BUILT_IN = resolve(import.meta.dirname, '../../resources/agents')

let root: string
let workspace: string
let host: HostProcess
beforeEach(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'agents-')))
  workspace = join(root, 'workspace')
  mkdirSync(join(workspace, '.claude/agents'), { recursive: true })
  host = await HostProcess.start({
    dataDirectory: join(root, 'data'),
    workspace,
    env: { HOME: root },
  })
})
afterEach(async () => {
  await host.stop()
  rmSync(root, { recursive: true, force: true })
})

it('tells of the agents that come with the program and of those of a workspace', async () => {
  const path = join(workspace, '.claude/agents/reviewer.md')
  writeFileSync(
    path,
    '---\nname: reviewer\ndescription: Ours.\ntools: Read\ncolour: red\n---\nRead.',
  )
  const { definitions, problems } = await host.client.call('agent.definitions', {})
  expect(definitions.map(({ name }) => `${name}.md`)).toEqual(readdirSync(BUILT_IN).toSorted())
  expect(definitions.find(({ name }) => name === 'planner')).toMatchObject({
    source: 'builtin',
    path: join(BUILT_IN, 'planner.md'),
  })
  expect(definitions.find(({ name }) => name === 'reviewer')).toEqual({
    name: 'reviewer',
    description: 'Ours.',
    tools: ['read_file', 'update_plan', 'finish'],
    model: null,
    source: 'workspace',
    path,
  })
  expect(problems).toEqual([
    { path, line: 5, message: expect.stringContaining('colour'), severity: 'warning' },
  ])
})

it('looks into the workspace that is asked for', async () => {
  const other = join(root, 'other')
  mkdirSync(join(other, '.smart-agents/agents'), { recursive: true })
  const path = join(other, '.smart-agents/agents/broken.md')
  writeFileSync(path, 'no front matter')
  const { problems } = await host.client.call('agent.definitions', { workspace: other })
  expect(problems).toMatchObject([{ path, line: 1, severity: 'error' }])
  await expect(host.client.call('agent.definitions', { workspace: 'other' })).rejects.toMatchObject(
    { code: 'invalid_params' },
  )
  await expect(
    host.client.call('agent.definitions', { workspace: join(root, 'nowhere') }),
  ).rejects.toMatchObject({ code: 'not_found' })
})
