import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskId } from '../../src/shared/model/ids.js'
import type { Worktree } from '../../src/shared/model/worktree.js'
import type { TaskSubmitParams } from '../../src/shared/rpc/task.js'
import { CoreBench } from '../support/core-bench.js'
import { GitRepository } from '../support/git-repository.js'
import { call } from '../support/scripted-model.js'

let bench: CoreBench
let repository: GitRepository

beforeEach(async () => {
  bench = await CoreBench.start()
  repository = new GitRepository(bench.workspace)
})

afterEach(() => bench.close())

function write(path: string, content: string) {
  return call(`w${path}`, 'write_file', { path, content })
}

const done = { calls: [call('f', 'finish', { success: true, report: 'Done.' })] }

/** Runs a task of an agent that does these calls, until what it did is settled. */
async function work(
  calls: readonly ReturnType<typeof call>[],
  change: Partial<TaskSubmitParams> = {},
): Promise<{ id: TaskId; worktree: Worktree }> {
  bench.model.add({ calls }, done)
  const id = await bench.submit({ type: 'agent_execution', description: 'Do it', ...change })
  await bench.resultOf(id)
  return { id, worktree: await settled(id) }
}

async function settled(id: TaskId): Promise<Worktree> {
  for (;;) {
    const heard = bench.heard((event) => event.name === 'change.updated')
    const { worktree } = await bench.core.changes.get(id)
    if (worktree !== null && worktree.state !== 'active') return worktree
    await heard
  }
}

describe('a task in a repository', () => {
  it('works in a worktree; its changes are shown and applied', async () => {
    const { id, worktree } = await work([write('b.txt', 'new\n'), write('a.txt', 'two\n')])
    expect(worktree).toMatchObject({
      kind: 'worktree',
      state: 'ready',
      repository: bench.workspace,
    })
    expect(repository.read('a.txt')).toBe('one\n')
    expect(await bench.core.changes.get(id)).toMatchObject({
      files: [
        { path: 'a.txt', status: 'modified', additions: 1, deletions: 1 },
        { path: 'b.txt', status: 'added', additions: 1, deletions: 0 },
      ],
    })
    const [a] = await bench.core.changes.diff(id, undefined)
    expect(a?.hunks[0]?.lines).toEqual([
      { kind: 'deleted', oldLine: 1, text: 'one' },
      { kind: 'added', newLine: 1, text: 'two' },
    ])
    expect(await bench.core.changes.apply(id)).toMatchObject({ state: 'applied' })
    expect(repository.read('a.txt')).toBe('two\n')
    expect(repository.git('status', '--porcelain')).toBe('')
    expect(repository.branches()).toEqual(['main'])
    expect(repository.worktrees()).toEqual([bench.workspace])
    expect(existsSync(worktree.path)).toBe(false)
    await expect(bench.core.changes.apply(id)).rejects.toMatchObject({ code: 'invalid_state' })
  })

  it('leaves nothing behind where it changed nothing', async () => {
    const cleared = bench.heard(
      ({ name, payload }) => name === 'change.updated' && payload.worktree.branch === undefined,
    )
    const { worktree } = await work([call('l', 'list_files', {})])
    expect(worktree.state).toBe('empty')
    await cleared
    expect(repository.branches()).toEqual(['main'])
    expect(existsSync(worktree.path)).toBe(false)
  })

  it('refuses to apply what does not merge, and what would overwrite work of the person', async () => {
    const { id } = await work([write('a.txt', 'two\n')])
    repository.write({ 'a.txt': 'mine\n' })
    await expect(bench.core.changes.apply(id)).rejects.toMatchObject({
      code: 'conflict',
      data: { files: ['a.txt'] },
    })
    expect(repository.read('a.txt')).toBe('mine\n')
    repository.commit({ 'a.txt': 'mine\n' })
    await expect(bench.core.changes.apply(id)).rejects.toMatchObject({
      code: 'conflict',
      data: { conflicts: ['a.txt'] },
    })
    expect(repository.git('status', '--porcelain')).toBe('')
    expect(await settled(id)).toMatchObject({ state: 'conflicted', conflicts: ['a.txt'] })

    bench.model.add({ calls: [write('a.txt', 'mine and two\n')] }, done)
    const next = await bench.core.changes.resolve(id)
    await bench.resultOf(next)
    expect(await settled(next)).toMatchObject({ state: 'ready' })
    expect(await settled(id)).toMatchObject({ state: 'continued', continuedBy: next })
    expect(await bench.core.changes.apply(next)).toMatchObject({ state: 'applied' })
    expect(repository.read('a.txt')).toBe('mine and two\n')
    expect(repository.branches()).toEqual(['main'])
  })

  it('gives up changes, whose last commit is named', async () => {
    const { id, worktree } = await work([write('a.txt', 'two\n')])
    writeFileSync(join(worktree.path, 'late.txt'), 'late')
    const { note = '' } = await bench.core.changes.discard(id)
    const [, commit = ''] = /last commit was (\w+)/.exec(note) ?? []
    expect(repository.git('show', `${commit}:late.txt`)).toBe('late')
    expect(repository.branches()).toEqual(['main'])
    expect(existsSync(worktree.path)).toBe(false)
  })

  it('leaves changes on a branch of a name that git takes and nobody has', async () => {
    const { id } = await work([write('a.txt', 'two\n')])
    const { changes } = bench.core
    await expect(changes.branch(id, 'a..b')).rejects.toMatchObject({ code: 'invalid_params' })
    await expect(changes.branch(id, '-x')).rejects.toMatchObject({ code: 'invalid_params' })
    await expect(changes.branch(id, 'main')).rejects.toMatchObject({ code: 'conflict' })
    expect(await changes.branch(id, 'fix/a')).toMatchObject({ branch: 'fix/a' })
    expect(repository.branches()).toEqual(['fix/a', 'main'])
    expect(repository.git('show', 'fix/a:a.txt')).toBe('two')
    expect(repository.worktrees()).toEqual([bench.workspace])
  })

  it('keeps what a failed task did', async () => {
    bench.model.add(
      { calls: [write('a.txt', 'two\n')] },
      { calls: [call('f', 'finish', { success: false, report: 'No.' })] },
    )
    const id = await bench.submit({ type: 'agent_execution' })
    await bench.resultOf(id)
    expect(await settled(id)).toMatchObject({ state: 'ready', note: 'The task ended failed.' })
    expect(await bench.core.changes.leftovers()).toMatchObject([{ taskId: id }])
  })

  it('says how much of the person is not in it, and begins in the same subfolder', async () => {
    repository.commit({ 'sub/x.txt': 'x\n', '.gitignore': 'node_modules/\n' })
    repository.write({ 'sub/mine.txt': 'mine', 'node_modules/p/index.js': '1' })
    const { id, worktree } = await work(
      [
        write('y.txt', 'y\n'),
        call('r', 'run_command', { command: 'test -f ../node_modules/p/index.js && touch ran' }),
      ],
      { workspace: join(bench.workspace, 'sub') },
    )
    expect(worktree.note).toContain('1 file of yours is not committed')
    expect(worktree.note).toContain('Shared: node_modules.')
    const { files } = await bench.core.changes.get(id)
    expect(files.map(({ path }) => path)).toEqual(['sub/ran', 'sub/y.txt'])
    await bench.core.changes.apply(id)
    expect(existsSync(join(bench.workspace, 'node_modules/p/index.js'))).toBe(true)
    expect(repository.git('ls-files')).not.toContain('node_modules')
  })

  it('runs no hook of the repository', async () => {
    const hooks = join(bench.workspace, '.git/hooks')
    mkdirSync(hooks, { recursive: true })
    for (const name of [
      'post-checkout',
      'pre-commit',
      'commit-msg',
      'post-merge',
      'pre-merge-commit',
      'reference-transaction',
    ]) {
      writeFileSync(join(hooks, name), `#!/bin/sh\ntouch ${bench.folder}/hook-ran\nexit 1\n`, {
        mode: 0o755,
      })
    }
    const { id } = await work([write('a.txt', 'two\n')])
    await bench.core.changes.apply(id)
    expect(existsSync(join(bench.folder, 'hook-ran'))).toBe(false)
  })

  it('is done again after a restart of the host', async () => {
    bench.model.add({ calls: [write('a.txt', 'two\n')] }, () => new Promise(() => undefined))
    const id = await bench.submit({ type: 'agent_execution' })
    await bench.heard((event) => event.name === 'task.output')
    bench.model.always(done)
    await bench.restart()
    await bench.resultOf(id)
    expect(await settled(id)).toMatchObject({ state: 'ready' })
    expect(repository.worktrees()).toHaveLength(2)
  })
})
