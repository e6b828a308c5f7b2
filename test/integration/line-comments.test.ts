import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskId } from '../../src/shared/model/ids.js'
import type { TaskSubmitParams } from '../../src/shared/rpc/task.js'
import { CoreBench } from '../support/core-bench.js'
import { GitRepository } from '../support/git-repository.js'
import { call, type Line } from '../support/scripted-model.js'

let bench: CoreBench
let repository: GitRepository

beforeEach(async () => {
  bench = await CoreBench.start()
  repository = new GitRepository(bench.workspace)
})

afterEach(() => bench.close())

const finish = { calls: [call('f', 'finish', { success: true, report: 'Done.' })] }

function writes(path: string, content: string): Line {
  return { calls: [call(`w-${path}`, 'write_file', { path, content })] }
}

async function settled(id: TaskId) {
  for (;;) {
    const heard = bench.heard((event) => event.name === 'change.updated')
    const { worktree, files } = await bench.core.changes.get(id)
    if (worktree !== null && worktree.state !== 'active') return { worktree, files }
    await heard
  }
}

async function work(lines: readonly Line[], change: Partial<TaskSubmitParams> = {}) {
  bench.model.add(...lines)
  const id = await bench.submit({ type: 'agent_execution', description: 'Do it', ...change })
  await bench.resultOf(id)
  return { id, ...(await settled(id)) }
}

describe('comments on lines', () => {
  it('become the work of a new task in the same worktree', async () => {
    const checks = [{ kind: 'file' as const, path: 'a.txt' }]
    const { id, worktree } = await work([writes('a.txt', 'two\n'), finish], { checks })
    const { changes } = bench.core
    changes.comment(id, { path: 'a.txt', line: 1, side: 'new', text: 'Why two?' })
    changes.comment(id, { path: 'a.txt', line: 1, side: 'old', text: 'This was right.' })
    const { id: slip } = changes.comment(id, { path: 'x', line: 9, side: 'new', text: 'no' })
    changes.uncomment(slip)
    expect(() => changes.uncomment(slip)).toThrow(/there is no comment/)

    bench.model.add(writes('b.txt', 'b\n'), finish)
    const next = await changes.sendComments(id)
    await bench.resultOf(next)
    const task = bench.core.queue.get(next)
    expect(task.task.description).toBe(
      'Take up these comments on your changes.\n\n' +
        'a.txt:1\n> two\nWhy two?\n\na.txt:1 (before the change)\n> one\nThis was right.',
    )
    expect(task.task).toMatchObject({ checks })
    const after = await settled(next)
    expect(after.worktree).toMatchObject({ state: 'ready', path: worktree.path })
    expect(after.files.map(({ path }) => path)).toEqual(['a.txt', 'b.txt'])
    const comments = changes.comments(id)
    expect(comments.map(({ sentTo }) => sentTo)).toEqual([next, next])
    expect(() => changes.uncomment(comments[0]?.id as never)).toThrow(/was given to/)
    await expect(changes.sendComments(id)).rejects.toMatchObject({ code: 'invalid_state' })
    await expect(changes.apply(id)).rejects.toThrow(/works on with its changes/)
    await changes.apply(next)
    expect(repository.read('b.txt')).toBe('b\n')

    // What is applied is worked on from there.
    changes.comment(next, { path: 'b.txt', line: 1, side: 'new', text: 'More' })
    bench.model.add(writes('c.txt', 'c\n'), finish)
    const third = await changes.sendComments(next)
    await bench.resultOf(third)
    expect((await settled(third)).files.map(({ path }) => path)).toEqual(['c.txt'])
  })

  it('reach a task that runs as a message', async () => {
    let goOn = (): void => undefined
    const told = new Promise<void>((resolve) => {
      goOn = resolve
    })
    bench.model.add(writes('a.txt', 'two\n'), async () => {
      await told
      return { calls: [call('l', 'list_files', {})] }
    })
    bench.model.add(finish)
    const asked = bench.heard(
      (event) => event.name === 'task.output' && event.payload.text.includes('a.txt'),
    )
    const id = await bench.submit({ type: 'agent_execution' })
    await asked
    const { changes } = bench.core
    changes.comment(id, { path: 'a.txt', line: 1, side: 'new', text: 'Three!' })
    expect(await changes.sendComments(id)).toBe(id)
    goOn()
    await bench.resultOf(id)
    expect(JSON.stringify(bench.model.requests.at(-1)?.messages)).toContain('Three!')
    expect(changes.comments(id)[0]?.sentTo).toBe(id)
    expect(bench.core.queue.messages(id)).toHaveLength(1)
  })
})

describe('where a task works', () => {
  it('is its folder when it only reads, when the settings say so, and when that was asked for', async () => {
    const inPlace = async (change: Partial<TaskSubmitParams>) => {
      bench.model.add(finish)
      const id = await bench.submit({ type: 'agent_execution', ...change })
      await bench.resultOf(id)
      return (await bench.core.changes.get(id)).worktree
    }
    expect(await inPlace({ type: 'analysis' })).toBeNull()
    expect(await inPlace({ isolation: 'in_place' })).toBeNull()
    await bench.core.settings.change({ isolateInGit: false })
    expect(await inPlace({})).toBeNull()
    const { worktree } = await work([writes('a.txt', 'two\n'), finish], { isolation: 'worktree' })
    expect(worktree).toMatchObject({ kind: 'worktree' })
  })

  it('is the same worktree when a failed task is tried again', async () => {
    bench.model.add(writes('a.txt', 'two\n'), {
      calls: [call('f', 'finish', { success: false, report: 'No.' })],
    })
    const id = await bench.submit({ type: 'agent_execution' })
    await bench.resultOf(id)
    const first = await settled(id)
    bench.model.add(writes('b.txt', 'b\n'), finish)
    await bench.core.queue.retry(id)
    await bench.resultOf(id)
    const second = await settled(id)
    expect(second.worktree).toMatchObject({ state: 'ready', path: first.worktree.path })
    expect(second.files.map(({ path }) => path)).toEqual(['a.txt', 'b.txt'])
    expect(second.worktree.note).toBeUndefined()
  })
})
