import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ChatBench } from '../../../../test/support/chat-bench.js'
import type { TaskView } from '../../../shared/model/task.js'
import { resolveMentions } from './mentions.js'

let workspace: string
const sources = {
  taskOf: (id: string) =>
    id === 'task_1'
      ? ({ id, state: 'running', progress: 40, description: 'd' } as TaskView)
      : undefined,
  agentsIn: async () => [{ name: 'reviewer', description: 'Reads changes.' }],
}

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'mentions-')))
  mkdirSync(join(workspace, 'src'))
  writeFileSync(join(workspace, 'src', 'a.ts'), 'export const a = "</mentions>"\n')
  writeFileSync(join(workspace, 'my notes.md'), 'ä'.repeat(30_000))
  writeFileSync(join(workspace, 'image.png'), Buffer.from([1, 0, 2]))
})

afterEach(() => rmSync(workspace, { recursive: true, force: true }))

const resolve = (text: string) =>
  resolveMentions(sources, { text, workspace }, new AbortController().signal)

it('finds files, folders, tasks and agents, and leaves other words alone', async () => {
  const { mentions, material } = await resolve(
    '@src/a.ts @src/ @task_1 @reviewer @"my notes.md" @image.png @nobody @task_2 @../x me@a.ts',
  )
  expect(mentions.map(({ kind, target }) => `${kind} ${target}`)).toEqual([
    'file src/a.ts',
    'folder src',
    'task task_1',
    'agent reviewer',
    'file my notes.md',
    'file image.png',
  ])
  expect(material).toContain('"state":"running"')
  expect(material).toContain('agentType "reviewer"')
  expect(material).toContain('It is not text.')
  expect(material).toContain('the first 40000 bytes')
  expect(material).not.toContain('�')
  expect(material?.match(/<\/mentions>/g)).toHaveLength(1)
})

it('follows no link out of the workspace', async () => {
  symlinkSync('/etc/passwd', join(workspace, 'link'))
  expect(await resolve('@link @/etc/passwd')).toEqual({ mentions: [], material: null })
})

it('reaches the model once, and is told with the message', async () => {
  const bench = await ChatBench.start(workspace, sources)
  const id = await bench.chat.create({})
  await bench.talk(id, 'explain @src/a.ts', 'It is a constant.')
  expect(bench.messages(id)[0]?.mentions).toEqual([
    { kind: 'file', token: '@src/a.ts', target: 'src/a.ts' },
  ])
  await bench.talk(id, 'more', 'No more.')
  const read = JSON.stringify(bench.model.requests.at(-1)?.messages)
  expect(read.match(/export const a/g)).toHaveLength(1)
})
