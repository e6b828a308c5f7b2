import { expect, it } from 'vitest'
import { TaskId } from '../../../../shared/model/ids.js'
import type { ChangedFile, Worktree } from '../../../../shared/model/worktree.js'
import { en } from '../../text/en/index.js'
import { isOpen, lossText, stateText, statusText } from './change-text.js'

const file: ChangedFile = {
  path: 'a.ts',
  status: 'modified',
  additions: 40,
  deletions: 12,
  binary: false,
}

function worktree(change: Partial<Worktree>): Worktree {
  return {
    taskId: TaskId.parse('task_a'),
    kind: 'worktree',
    state: 'ready',
    repository: '/home/ada/orbit',
    path: '/data/w',
    branch: 'smart-agents/task_a',
    updatedAt: 1,
    ...change,
  }
}

it.each([
  [{ state: 'ready' }, 'Waits for your decision: 1 file, +40 −12 on branch smart-agents/task_a'],
  [{ state: 'applied' }, 'Applied to orbit: 1 file, +40 −12'],
  [{ state: 'conflicted', conflicts: ['a', 'b'] }, 'Not merged: 2 files conflict'],
  [{ kind: 'in_place', path: '/home/ada/orbit' }, 'In place, in orbit'],
] as const)('tells how changes stand: %o', (change, text) => {
  const { conflicts, ...rest } = { conflicts: undefined, ...change }
  const given = worktree({ ...rest, ...(conflicts ? { conflicts: [...conflicts] } : {}) })
  expect(stateText(given, [file], en.changes)).toBe(text)
})

it('leaves a decision to the person only where there is one', () => {
  expect(isOpen(worktree({}))).toBe(true)
  expect(isOpen(worktree({ state: 'active' }))).toBe(false)
  expect(isOpen(worktree({ kind: 'in_place' }))).toBe(false)
})

it('says what is lost, and where a file came from', () => {
  expect(lossText(worktree({}), [file], en.changes)).toMatch(
    /1 file, \+40 −12.*smart-agents\/task_a/,
  )
  const renamed = { ...file, status: 'renamed', oldPath: 'b.ts' } as const
  expect(statusText(renamed, en.changes)).toBe('renamed from b.ts')
})
