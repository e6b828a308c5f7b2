import { expect, it } from 'vitest'
import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskView } from '../../../shared/model/task.js'
import { treeBelow } from './task-tree.js'

function task(id: string, parentId: string | null, change: Partial<TaskView>): TaskView {
  const parent = parentId === null ? {} : { parentId: parentId as TaskId }
  return { id: id as TaskId, state: 'pending', progress: 0, ...parent, ...change } as TaskView
}

it('sums up everything below a task, and says nothing of one without parts', () => {
  const tasks = [
    task('task_lead', null, { state: 'running' }),
    task('task_a', 'task_lead', { state: 'completed', progress: 100 }),
    task('task_b', 'task_lead', { state: 'running', progress: 50 }),
    task('task_b1', 'task_b', { state: 'failed', progress: 10 }),
    task('task_other', null, {}),
  ]
  const byId = Object.fromEntries(tasks.map((each) => [each.id, each]))
  expect(treeBelow(byId, 'task_lead' as TaskId)).toEqual({
    total: 3,
    counts: { pending: 0, running: 1, completed: 1, failed: 1, cancelled: 0 },
    progress: 250 / 3,
  })
  expect(treeBelow(byId, 'task_other' as TaskId)).toBeNull()
})
