import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskRecord } from '../../src/main/core/tasks/task-record.js'
import type { Workplace } from '../../src/main/core/workplaces/workplace.js'
import { GitRepository } from '../support/git-repository.js'
import { Crash, WorkplaceBench } from '../support/workplace-bench.js'

let bench: WorkplaceBench
let repository: GitRepository

beforeEach(() => {
  bench = new WorkplaceBench()
  repository = new GitRepository(join(bench.folder, 'repository'), { 'a.txt': 'one\n' })
})

afterEach(() => bench.close())

function put(workplace: Workplace, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(workplace.path, name), text)
}

function lead(): TaskRecord {
  return bench.add({ type: 'orchestration', workspace: repository.folder })
}

function worker(of: TaskRecord): TaskRecord {
  return bench.add({ workspace: repository.folder, parentId: of.id })
}

/** A long run tries every call of git; `npm run soak` asks for it. */
const STEP = process.env['SMART_AGENTS_TEST_CRASH_ROUNDS'] === undefined ? 4 : 1

/** Does it again and again, with a crash some calls of git later each time, until it comes through. */
async function throughCrashes<T>(isDone: boolean, work: () => Promise<T>): Promise<T> {
  for (let calls = isDone ? 1 : 0; ; calls += STEP) {
    bench.crashAfter = { calls, isDone }
    try {
      const result = await work()
      bench.crashAfter = null
      return result
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      await bench.restart()
      await bench.idle()
    }
  }
}

describe('a team', () => {
  it('brings its work together on the branch of the lead, and applies it as one', async () => {
    const chief = lead()
    const office = await bench.open(chief)
    put(office, { 'plan.md': 'plan\n' })
    const [first, second] = [worker(chief), worker(chief)]
    const [one, two] = [await bench.open(first), await bench.open(second)]
    expect(readFileSync(join(one.path, 'plan.md'), 'utf8')).toBe('plan\n')
    put(one, { 'b.txt': 'b\n' })
    put(two, { 'c.txt': 'c\n' })
    expect(await bench.deliver(first, one)).toEqual({
      kind: 'delivered',
      artifacts: { files: ['b.txt'], changes: 1 },
    })
    expect(await bench.deliver(second, two)).toMatchObject({ kind: 'delivered' })
    expect(await bench.worktree(first)).toMatchObject({ state: 'delivered' })
    expect(existsSync(one.path)).toBe(false)
    expect((await bench.changes.get(second.id)).files).toMatchObject([{ path: 'c.txt' }])

    const later = await bench.open(worker(chief))
    expect(existsSync(join(later.path, 'b.txt'))).toBe(true)

    const again = await bench.open(chief)
    expect(again.path).toBe(office.path)
    expect(existsSync(join(again.path, 'b.txt'))).toBe(true)
    expect(await bench.deliver(chief, again)).toMatchObject({
      artifacts: { files: ['b.txt', 'c.txt', 'plan.md'] },
    })
    expect(await bench.worktree(chief)).toMatchObject({ state: 'ready' })
    await bench.changes.apply(chief.id)
    expect(repository.read('c.txt')).toBe('c\n')
    expect(repository.branches().filter((name) => name.includes(chief.id))).toEqual([])
  })

  it('gives who comes second the conflict to resolve', async () => {
    const chief = lead()
    await bench.open(chief)
    const [first, second] = [worker(chief), worker(chief)]
    const [one, two] = [await bench.open(first), await bench.open(second)]
    put(one, { 'a.txt': 'of the first\n' })
    put(two, { 'a.txt': 'of the second\n' })
    await bench.deliver(first, one)
    const conflict = { kind: 'conflict', files: ['a.txt'] }
    expect(await bench.deliver(second, two)).toMatchObject(conflict)
    expect(readFileSync(join(two.path, 'a.txt'), 'utf8')).toContain('<<<<<<< ')
    // Nothing was done about it, or it was only staged, or committed with the marks in it.
    expect(await bench.deliver(second, two)).toMatchObject(conflict)
    new GitRepository(two.path, {}).git('commit', '--quiet', '-am', 'I am done')
    expect(await bench.deliver(second, two)).toMatchObject(conflict)
    put(two, { 'a.txt': 'of both\n' })
    expect(await bench.deliver(second, two)).toMatchObject({
      kind: 'delivered',
      artifacts: { files: ['a.txt'] },
    })
    const again = await bench.open(chief)
    expect(readFileSync(join(again.path, 'a.txt'), 'utf8')).toBe('of both\n')
  })

  it('gives the lead the conflict with what it did itself', async () => {
    const chief = lead()
    const office = await bench.open(chief)
    const hand = worker(chief)
    const place = await bench.open(hand)
    put(place, { 'a.txt': 'of the worker\n' })
    put(office, { 'a.txt': 'of the lead\n' })
    await bench.deliver(hand, place)
    const again = await bench.open(chief)
    expect(bench.output.join('')).toContain('Conflicts to resolve: a.txt')
    expect(await bench.deliver(chief, again)).toMatchObject({ kind: 'conflict', files: ['a.txt'] })
    put(again, { 'a.txt': 'of both\n' })
    expect(await bench.deliver(chief, again)).toMatchObject({ kind: 'delivered' })
  })

  it('merges what many hand in at the same time', async () => {
    const chief = lead()
    await bench.open(chief)
    const workers = Array.from({ length: 6 }, () => worker(chief))
    const places = await Promise.all(workers.map((each) => bench.open(each)))
    for (const [index, place] of places.entries()) put(place, { [`${index}.txt`]: `${index}\n` })
    await Promise.all(
      places.map((place, index) => bench.deliver(workers[index] as TaskRecord, place)),
    )
    const again = await bench.open(chief)
    for (const index of places.keys())
      expect(existsSync(join(again.path, `${index}.txt`))).toBe(true)
    expect(bench.logger.messages('warn')).toEqual([])
  }, 60_000)

  it('merges nothing of a worker that failed', async () => {
    const chief = lead()
    await bench.open(chief)
    const hand = worker(chief)
    put(await bench.open(hand), { 'b.txt': 'half\n' })
    bench.end(hand, 'failed')
    expect(await bench.worktree(hand)).toMatchObject({ state: 'ready' })
    expect(existsSync(join((await bench.open(chief)).path, 'b.txt'))).toBe(false)
  })
})

describe('a checkpoint', () => {
  it('keeps what a lead and its team had, and lets another lead begin with it', async () => {
    const chief = lead()
    const office = await bench.open(chief)
    put(office, { 'plan.md': 'plan\n' })
    const hand = worker(chief)
    const place = await bench.open(hand)
    put(place, { 'b.txt': 'b\n' })
    await bench.deliver(hand, place)
    put(office, { 'late.md': 'not committed\n' })
    const saved = await bench.save(chief, 'refs/smart-agents/checkpoints/chk_1/lead')
    expect(saved).not.toBeNull()
    if (saved === null) return
    put(office, { 'plan.md': 'ruined\n' })

    const next = lead()
    bench.begins(next, saved)
    const again = await bench.open(next)
    expect(readFileSync(join(again.path, 'plan.md'), 'utf8')).toBe('plan\n')
    expect(await bench.deliver(next, again)).toMatchObject({
      artifacts: { files: ['b.txt', 'late.md', 'plan.md'] },
    })
    await bench.idle()
    await bench.changes.apply(next.id)
    expect(repository.read('late.md')).toBe('not committed\n')
    expect(await bench.save(next, 'refs/smart-agents/checkpoints/chk_2/lead')).toBeNull()
  })
})

describe.each([
  ['before', false],
  ['after', true],
] as const)('a crash %s any call of git', (_when, isDone) => {
  it('loses nothing and does nothing twice', async () => {
    const chief = lead()
    const office = await throughCrashes(isDone, () => bench.open(chief))
    put(office, { 'plan.md': 'plan\n' })
    const hand = worker(chief)
    const place = await throughCrashes(isDone, () => bench.open(hand))
    put(place, { 'a.txt': 'two\n', 'b.txt': 'b\n' })
    const delivery = await throughCrashes(isDone, async () =>
      (await bench.open(hand)).deliver(new AbortController().signal),
    )
    expect(delivery).toEqual({
      kind: 'delivered',
      artifacts: { files: ['a.txt', 'b.txt'], changes: 2 },
    })
    bench.end(hand)
    const whole = await throughCrashes(isDone, async () =>
      (await bench.open(chief)).deliver(new AbortController().signal),
    )
    expect(whole).toMatchObject({ artifacts: { files: ['a.txt', 'b.txt', 'plan.md'] } })
    bench.end(chief)
    expect(await bench.worktree(chief)).toMatchObject({ state: 'ready' })
    await bench.changes.apply(chief.id)
    expect(repository.read('b.txt')).toBe('b\n')
    expect(repository.branches()).toEqual(['main'])
    expect(repository.worktrees()).toEqual([repository.folder])
  }, 90_000)
})
