import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskRecord } from '../../src/main/core/tasks/task-record.js'
import { GitRepository } from '../support/git-repository.js'
import { WorkplaceBench } from '../support/workplace-bench.js'

let bench: WorkplaceBench
let repository: GitRepository
let task: TaskRecord

beforeEach(() => {
  bench = new WorkplaceBench()
  repository = new GitRepository(join(bench.folder, 'repository'), { 'a.txt': 'one\n' })
  task = bench.add({ workspace: repository.folder })
})

afterEach(() => bench.close())

/** Lets the task do something in its workplace, and ends it. */
async function work(act: (folder: string) => void): Promise<string> {
  const workplace = await bench.open(task)
  act(workplace.path)
  await bench.deliver(task, workplace)
  await bench.idle()
  return workplace.path
}

describe('a repository that cannot have worktrees', () => {
  it.each([
    ['no commit', (folder: string) => new GitRepository(folder, {}), 'has no commit yet'],
    [
      'no files',
      (folder: string) => execFileSync('git', ['init', '--quiet', '--bare', folder]),
      'is bare',
    ],
  ])('with %s is worked on in place, and says so', async (_what, make, reason) => {
    const folder = join(bench.folder, 'other')
    mkdirSync(folder)
    make(folder)
    task = bench.add({ workspace: folder })
    expect((await bench.open(task)).path).toBe(folder)
    const { note } = await bench.worktree(task)
    expect(note).toMatch(/^Works in place: /)
    expect(note).toContain(reason)
    bench.end(task)
    expect(await bench.worktree(task)).toMatchObject({ kind: 'in_place', state: 'applied' })
    await expect(bench.changes.apply(task.id)).rejects.toMatchObject({ code: 'invalid_state' })
    const insists = bench.add({ workspace: folder, isolation: 'worktree' })
    await expect(bench.open(insists)).rejects.toMatchObject({ code: 'invalid_state' })
  })

  it('is no obstacle when its HEAD is detached, until the changes are applied', async () => {
    repository.git('checkout', '--quiet', '--detach')
    await work((folder) => writeFileSync(join(folder, 'a.txt'), 'two\n'))
    await expect(bench.changes.apply(task.id)).rejects.toThrow(/detached HEAD/)
    repository.git('checkout', '--quiet', 'main')
    expect(await bench.changes.apply(task.id)).toMatchObject({ state: 'applied' })
  })

  it('does not get changes while a merge is under way in it', async () => {
    await work((folder) => writeFileSync(join(folder, 'b.txt'), 'two\n'))
    repository.git('checkout', '--quiet', '-b', 'other')
    repository.commit({ 'c.txt': 'c\n' })
    repository.git('checkout', '--quiet', 'main')
    repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'other')
    await expect(bench.changes.apply(task.id)).rejects.toThrow(/a merge is under way/)
  })
})

describe('a folder or branch that is there already', () => {
  it('is left alone', async () => {
    const folder = join(bench.folder, 'worktrees', task.id)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'precious'), 'mine')
    repository.git('branch', `smart-agents/${task.id}-2`)
    const { path } = await bench.open(task)
    expect(path).toBe(join(bench.folder, 'worktrees', `${task.id}-3`))
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('mine')
  })

  it('is listed with what waits for a decision when nothing is on record about it', async () => {
    mkdirSync(join(bench.folder, 'worktrees', 'task_unknown'), { recursive: true })
    await bench.restart()
    await bench.idle()
    expect(await bench.changes.leftovers()).toMatchObject([
      { taskId: 'task_unknown', state: 'kept' },
    ])
  })

  it('may be gone when somebody deleted it', async () => {
    const path = await work((folder) => writeFileSync(join(folder, 'a.txt'), 'two\n'))
    rmSync(path, { recursive: true })
    await bench.restart()
    expect((await bench.worktree(task)).note).toContain('Its folder is gone')
    await bench.changes.apply(task.id)
    expect(repository.read('a.txt')).toBe('two\n')
    expect(repository.worktrees()).toEqual([repository.folder])
  })
})

describe('unusual files', () => {
  it('have names of any kind', async () => {
    const names = [
      'with space',
      'with\nnewline',
      'ünï→',
      '-dash',
      '"quoted"',
      ':(top)x',
      'tab\there',
    ]
    await work((folder) => {
      for (const name of names) writeFileSync(join(folder, name), `${name}\n`)
    })
    const { files } = await bench.changes.get(task.id)
    expect(files.map(({ path }) => path).sort()).toEqual([...names].sort())
    const diffs = await bench.changes.diff(task.id, undefined)
    for (const { path, hunks } of diffs) {
      expect(hunks[0]?.lines.map(({ text }) => text)).toEqual(path.split('\n'))
    }
    for (const name of names) expect(await bench.changes.diff(task.id, name)).toHaveLength(1)
    await bench.changes.apply(task.id)
    for (const name of names) expect(repository.read(name)).toBe(`${name}\n`)
  }, 60_000)

  it('are shown as what they are: binary, links, moved, deleted, of another type', async () => {
    repository.commit({ 'old.txt': 'line\n'.repeat(20), 'gone.txt': 'x\n', 'file.txt': 'x\n' })
    await work((folder) => {
      writeFileSync(join(folder, 'binary'), Buffer.from([0, 1, 2, 255]))
      symlinkSync('/etc/passwd', join(folder, 'link'))
      rmSync(join(folder, 'old.txt'))
      writeFileSync(join(folder, 'new.txt'), `${'line\n'.repeat(20)}more\n`)
      rmSync(join(folder, 'gone.txt'))
      rmSync(join(folder, 'file.txt'))
      symlinkSync('a.txt', join(folder, 'file.txt'))
      writeFileSync(join(folder, 'z.txt'), 'diff --git a/x b/x\n@@ -1 +1 @@\n--- a\n')
    })
    const diffs = await bench.changes.diff(task.id, undefined)
    expect(diffs).toMatchObject([
      { path: 'binary', status: 'added', binary: true, omitted: 'binary, 0.0 MB' },
      { path: 'file.txt', status: 'type_changed' },
      { path: 'gone.txt', status: 'deleted', deletions: 1 },
      { path: 'link', status: 'added', hunks: [{ lines: [{ text: '/etc/passwd' }] }] },
      { path: 'new.txt', oldPath: 'old.txt', status: 'renamed', additions: 1 },
      {
        path: 'z.txt',
        hunks: [{ lines: [{ text: 'diff --git a/x b/x' }, {}, { text: '--- a' }] }],
      },
    ])
    expect(diffs[1]?.hunks.flatMap(({ lines }) => lines.map(({ text }) => text))).toEqual([
      'x',
      'a.txt',
    ])
    expect(await bench.changes.diff(task.id, 'new.txt')).toMatchObject([{ oldPath: 'old.txt' }])
    await expect(bench.changes.diff(task.id, 'old.txt')).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('are left out where they are too large', async () => {
    const before = process.memoryUsage().rss
    await work((folder) => {
      writeFileSync(join(folder, 'huge'), 'x')
      truncateSync(join(folder, 'huge'), 200 * 1024 * 1024)
      writeFileSync(join(folder, 'long'), 'line\n'.repeat(100_000))
      writeFileSync(join(folder, 'short'), 'line\n')
    })
    const diffs = await bench.changes.diff(task.id, undefined)
    expect(diffs).toMatchObject([
      { path: 'huge', hunks: [], omitted: '209.7 MB: too large to be shown' },
      { path: 'long', additions: 100_000, omitted: expect.stringContaining('left out') },
      { path: 'short', hunks: [{ lines: [{ text: 'line' }] }] },
    ])
    expect(diffs[1]?.hunks[0]?.lines).toHaveLength(2000)
    const [long] = await bench.changes.diff(task.id, 'long')
    expect(long?.hunks[0]?.lines).toHaveLength(100_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  }, 60_000)

  it('may be a submodule, whose folder stays empty', async () => {
    const other = new GitRepository(join(bench.folder, 'other'), { 's.txt': 's\n' })
    repository.git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      'add',
      '--quiet',
      other.folder,
      'sub',
    )
    repository.git('commit', '--quiet', '-m', 'submodule')
    const path = await work((folder) => writeFileSync(join(folder, 'a.txt'), 'two\n'))
    expect(await bench.worktree(task)).toMatchObject({ note: 'Its submodules are empty.' })
    await bench.changes.apply(task.id)
    expect(existsSync(path)).toBe(false)
    expect(repository.read('sub/s.txt')).toBe('s\n')
  })

  it('may be a repository of their own, which nothing else has', async () => {
    const path = await work((folder) => {
      new GitRepository(join(folder, 'cloned'), { 'precious.txt': 'x\n' })
    })
    const { files } = await bench.changes.get(task.id)
    expect(files).toMatchObject([{ path: 'cloned', status: 'submodule' }])
    const discarded = await bench.changes.discard(task.id)
    expect(discarded.note).toContain('"cloned"')
    expect(existsSync(join(path, 'cloned/precious.txt'))).toBe(true)
  })
})

describe('a copy', () => {
  it('is brought back unless the folder has changed since', async () => {
    const folder = join(bench.folder, 'plain')
    mkdirSync(join(folder, 'node_modules'), { recursive: true })
    for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, name), `${name}\n`)
    task = bench.add({ workspace: folder })
    await work((copy) => {
      writeFileSync(join(copy, 'a'), 'A\n')
      rmSync(join(copy, 'b'))
      writeFileSync(join(copy, 'd'), 'd\n')
    })
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('a\n')
    writeFileSync(join(folder, 'c'), 'mine\n')
    writeFileSync(join(folder, 'd'), 'mine\n')
    await expect(bench.changes.apply(task.id)).rejects.toMatchObject({
      code: 'conflict',
      data: { files: ['d'] },
    })
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('a\n')
    rmSync(join(folder, 'd'))
    expect(await bench.changes.apply(task.id)).toMatchObject({ kind: 'copy', state: 'applied' })
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('A\n')
    expect(existsSync(join(folder, 'b'))).toBe(false)
    expect(readFileSync(join(folder, 'c'), 'utf8')).toBe('mine\n')
    expect(existsSync(join(folder, '.git'))).toBe(false)
    expect(existsSync(join(folder, 'node_modules'))).toBe(true)
    expect((await bench.changes.get(task.id)).files).toHaveLength(3)
  })
})

it('decides about nothing while the task is at work, and shows what it has so far', async () => {
  const workplace = await bench.open(task)
  writeFileSync(join(workplace.path, 'a.txt'), 'two\n')
  writeFileSync(join(workplace.path, 'new.txt'), 'new\n')
  expect((await bench.changes.get(task.id)).files).toMatchObject([
    { path: 'a.txt' },
    { path: 'new.txt' },
  ])
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: workplace.path }).toString()).toBe(
    ' M a.txt\n?? new.txt\n',
  )
  for (const decide of [
    () => bench.changes.apply(task.id),
    () => bench.changes.branch(task.id, undefined),
    () => bench.changes.discard(task.id),
    () => bench.changes.resolve(task.id),
  ]) {
    await expect(decide()).rejects.toMatchObject({ code: 'invalid_state' })
  }
})
