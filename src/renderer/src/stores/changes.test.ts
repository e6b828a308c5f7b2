import { expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import type { Worktree } from '../../../shared/model/worktree.js'
import { NO_CHANGES, reduceChanges, withLeftovers, withWorktree } from './changes.js'
import type { HostEvent } from './host-event.js'

const taskId = TaskId.parse('task_a')

function worktree(state: Worktree['state']): Worktree {
  return { taskId, kind: 'worktree', state, repository: '/r', path: '/w', updatedAt: 1 }
}

function updated(state: Worktree['state'], seq: number): HostEvent {
  return { name: 'change.updated', params: { taskId, worktree: worktree(state), seq, at: seq } }
}

it('takes what is newer, whichever way it came', () => {
  const ready = reduceChanges(withWorktree(NO_CHANGES, worktree('active'), 4), updated('ready', 5))
  expect(ready.byTask[taskId]?.state).toBe('ready')
  expect(withWorktree(ready, worktree('active'), 4)).toBe(ready)
  expect(withLeftovers(ready, [worktree('kept')])).toEqual(ready)
})

it('knows what nobody has decided about', () => {
  expect(withLeftovers(NO_CHANGES, [worktree('ready')]).byTask[taskId]?.state).toBe('ready')
})
