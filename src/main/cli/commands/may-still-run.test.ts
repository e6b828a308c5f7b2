import { describe, expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import type { TaskView, WaitReason } from '../../../shared/model/task.js'
import { mayStillRun } from './may-still-run.js'

function waits(id: string, reason: WaitReason, ...blockers: string[]): TaskView {
  return {
    id: TaskId.parse(`task_${id}`),
    type: 'command',
    description: 'x',
    agentType: '',
    workspace: '/work',
    priority: 5,
    state: 'pending',
    progress: 0,
    steps: [],
    attempt: 0,
    maxAttempts: 1,
    createdAt: 0,
    waitingFor: {
      reason,
      detail: '',
      blockedBy: blockers.map((blocker) => `task_${blocker}`),
      since: 0,
    },
  }
}

describe('mayStillRun', () => {
  it.each([
    ['nothing', [], false],
    ['a limit', [waits('a', 'limit')], true],
    ['a time to come', [waits('a', 'schedule')], false],
    ['a dependency on what runs', [waits('a', 'dependency', 'running')], true],
    [
      'a chain that ends in a time to come, in any order',
      [waits('c', 'dependency', 'b'), waits('b', 'dependency', 'a'), waits('a', 'schedule')],
      false,
    ],
    [
      'one of several dependencies on a time to come',
      [waits('c', 'dependency', 'running', 'a'), waits('a', 'schedule')],
      false,
    ],
    ['one that may run beside one that may not', [waits('a', 'schedule'), waits('b', 'cpu')], true],
  ] as const)('%s', (_name, waiting, may) => {
    expect(mayStillRun(waiting)).toBe(may)
  })
})
