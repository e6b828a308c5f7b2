import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BlockerId, TaskId } from '../../src/shared/model/ids.js'
import { INBOX_KINDS, type InboxCounts, type InboxItem } from '../../src/shared/model/inbox.js'
import { cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const taskId = TaskId.parse('task_f1')
const since = 1_800_000_000_000 - 180_000
const question: InboxItem = {
  ...{ kind: 'question', id: 'question:blk_1', since, title: 'Which\u001b[31m port?', taskId },
  actions: ['answer', 'open'],
  blocker: {
    ...{ id: BlockerId.parse('blk_1'), taskId, kind: 'sync', source: 'agent', options: [] },
    ...{ question: 'Which port?', state: 'open', createdAt: since },
  },
}
const failure: InboxItem = {
  ...{ kind: 'failure', id: `failure:${taskId}`, since, title: 'build it', taskId },
  actions: ['retry', 'open', 'dismiss'],
  error: { code: 'command_failed', message: 'exit code 3: make' },
}
const NONE = Object.fromEntries(INBOX_KINDS.map((kind) => [kind, 0])) as InboxCounts['byKind']
const counts = (byKind: Partial<InboxCounts['byKind']>): InboxCounts => ({
  total: Object.values(byKind).reduce((sum, count) => sum + count, 0),
  byKind: { ...NONE, ...byKind },
})

let dataDirectory: string
let host: ScriptedHost
beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-inbox-'))
  host = await ScriptedHost.start(dataDirectory)
  host.answer('inbox.list', () => ({
    ...{ items: [question, failure], counts: counts({ question: 1, failure: 1 }), seq: 1 },
  }))
  host.answer('inbox.dismiss', () => ({
    dismissed: 1,
    missing: [],
    counts: counts({ question: 1 }),
  }))
})
afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

const run = (...argv: string[]) => cli(argv, { dataDirectory })

it('shows what waits by kind, each with the command that answers it', async () => {
  const { stdout, exitCode } = await run('inbox')
  expect(exitCode).toBe(0)
  expect(stdout.split('\n')).toEqual([
    'Questions (1):',
    '  - Which port?',
    '      3m ago · its task waits',
    '      smart-agents blockers answer blk_1 "…"',
    'Failed tasks (1):',
    '  - build it',
    '      3m ago · command_failed: exit code 3: make',
    '      smart-agents retry task_f1   (or: logs task_f1, inbox dismiss failure:task_f1)',
    '',
  ])
})

it('shows one kind, and everything as it is', async () => {
  const { stdout } = await run('inbox', '--kind', 'question', '--kind', 'plan', '--json')
  expect(host.calls.at(-1)?.params).toEqual({ kinds: ['question', 'plan'] })
  expect(JSON.parse(stdout)).toMatchObject({ items: [question, failure], counts: { total: 2 } })
})

it('dismisses items by id, or all that need no answer', async () => {
  expect((await run('inbox', 'dismiss', failure.id)).stdout).toBe(
    'Dismissed: 1. In the inbox: 1.\n',
  )
  await run('inbox', 'dismiss', '--all')
  expect(host.calls.at(-1)).toMatchObject({ params: { itemIds: [failure.id] } })
})

it('names what is not in the inbox, and dismisses the others', async () => {
  const left = { dismissed: 1, missing: ['failure:task_x'], counts: counts({ question: 1 }) }
  host.answer('inbox.dismiss', () => left)
  expect(await run('inbox', 'dismiss', failure.id, 'failure:task_x')).toMatchObject({
    ...{ exitCode: 3, stdout: 'Dismissed: 1. In the inbox: 1.\n' },
    stderr: 'smart-agents: not in the inbox: failure:task_x\n',
  })
  const asJson = await run('inbox', 'dismiss', failure.id, 'failure:task_x', '--json')
  expect(asJson.exitCode).toBe(3)
  expect(JSON.parse(asJson.stdout)).toEqual({
    error: { code: 'not_found', message: 'not in the inbox: failure:task_x', data: left },
  })
  // Someone else was faster.
  expect((await run('inbox', 'dismiss', '--all')).exitCode).toBe(0)
})

it('says that nothing waits', async () => {
  host.answer('inbox.list', () => ({ items: [], counts: counts({}), seq: 1 }))
  expect((await run('inbox')).stdout).toBe('Nothing waits for you.\n')
})

it.each([
  [['dismiss']],
  [['dismiss', 'failure:x', '--all']],
  [['--kind', 'sadness']],
  [['nonsense']],
])('refuses %j as bad usage', async (argv) => {
  expect((await run('inbox', ...argv)).exitCode).toBe(2)
})
