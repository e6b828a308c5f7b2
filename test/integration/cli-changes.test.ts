import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TaskId } from '../../src/shared/model/ids.js'
import type { Worktree } from '../../src/shared/model/worktree.js'
import { AppError } from '../../src/shared/rpc/errors.js'
import { cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const taskId = TaskId.parse('task_1')

let dataDirectory: string
let host: ScriptedHost

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-changes-'))
  host = await ScriptedHost.start(dataDirectory)
})

afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

function run(...argv: string[]) {
  return cli(argv, { dataDirectory })
}

const worktree: Worktree = {
  taskId,
  kind: 'worktree',
  state: 'ready',
  repository: '/repo',
  path: '/data/worktrees/task_1',
  branch: 'smart-agents/task_1',
  note: 'Begins at the last commit.',
  updatedAt: 0,
}
const file = {
  path: 'b.txt',
  oldPath: 'a.txt',
  status: 'renamed' as const,
  additions: 1,
  deletions: 2,
  binary: false,
}

describe('changes', () => {
  it('lists the files', async () => {
    host.answer('change.get', () => ({ worktree, files: [file], seq: 1 }))
    expect(await run('changes', 'task_1')).toMatchObject({
      exitCode: 0,
      stdout: [
        'Changes: waits for a decision',
        'Folder: /data/worktrees/task_1',
        'Branch: smart-agents/task_1',
        'Note: Begins at the last commit.',
        'Files (1):',
        '  R a.txt → b.txt (+1 −2)',
        '',
      ].join('\n'),
    })
    const { stdout } = await run('changes', 'task_1', '--json')
    expect(JSON.parse(stdout)).toEqual({ worktree, files: [file] })
  })

  it('shows lines', async () => {
    host.answer('change.get', () => ({ worktree, files: [file], seq: 1 }))
    host.answer('change.diff', () => ({
      files: [
        {
          ...file,
          hunks: [
            {
              header: '@@ -1 +1 @@',
              lines: [
                { kind: 'deleted' as const, oldLine: 1, text: 'one' },
                { kind: 'added' as const, newLine: 1, text: 'two' },
              ],
            },
          ],
          omitted: 'the rest is left out',
        },
      ],
    }))
    const { stdout } = await run('changes', 'task_1', '--diff', 'b.txt')
    expect(stdout).toBe(
      'R a.txt → b.txt (+1 −2)\n@@ -1 +1 @@\n-one\n+two\n(the rest is left out)\n',
    )
    expect(host.calls.at(-1)?.params).toEqual({ taskId, path: 'b.txt' })
  })
})

describe('a decision', () => {
  it('names what is in the way', async () => {
    host.answer('change.apply', () => {
      throw new AppError('conflict', 'does not merge', { data: { conflicts: ['x\ny', 'z'] } })
    })
    const { exitCode, stderr } = await run('apply', 'task_1')
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^ {2}x.*y\n {2}z\nsmart-agents: does not merge\n$/)
    const { stdout } = await run('apply', 'task_1', '--json')
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'conflict', message: 'does not merge', data: { conflicts: ['x\ny', 'z'] } },
    })
  })

  it('is told', async () => {
    const { note: _, ...plain } = worktree
    host.answer('change.apply', () => ({ worktree: { ...plain, state: 'applied' as const } }))
    expect(await run('apply', 'task_1')).toMatchObject({ stdout: 'Changes applied: task_1\n' })
    host.answer('change.branch', () => ({ worktree: plain, branch: 'fix' }))
    expect(await run('branch', 'task_1', 'fix')).toMatchObject({
      stdout: 'Changes are on branch fix\n',
    })
    host.answer('change.resolve', () => ({ taskId: TaskId.parse('task_2') }))
    expect(await run('resolve', 'task_1')).toMatchObject({
      stdout: 'Task started: task_2\n',
      stderr: 'When it is done: smart-agents apply task_2\n',
    })
  })

  it('to discard has to be meant', async () => {
    expect(await run('discard', 'task_1')).toMatchObject({ exitCode: 2 })
    host.answer('change.discard', () => ({ worktree }))
    expect(await run('discard', 'task_1', '--yes')).toMatchObject({
      stdout: 'Changes discarded: task_1\n',
      stderr: 'Begins at the last commit.\n',
    })
  })
})

it('leftovers lists what waits', async () => {
  host.answer('change.leftovers', () => ({ worktrees: [] }))
  expect((await run('leftovers')).stdout).toBe('No changes wait for a decision.\n')
  host.answer('change.leftovers', () => ({ worktrees: [worktree] }))
  expect((await run('leftovers')).stdout).toContain('  - task_1 in /repo (waits for a decision, ')
})

it('execute takes checks and where to work', async () => {
  host.answer('task.submit', () => ({ taskId }))
  const checks = ['--check', 'npm test', '--check', 'npx tsc']
  await run('execute', 'x', '--async', '--isolation', 'worktree', ...checks)
  expect(host.calls.at(-1)?.params).toMatchObject({
    isolation: 'worktree',
    checks: [
      { kind: 'command', command: 'npm test' },
      { kind: 'command', command: 'npx tsc' },
    ],
  })
})
