import { expect, it } from 'vitest'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskState, TaskView } from '../../../../shared/model/task.js'
import { inLine, ranMs, type Sort } from '../../../../shared/model/task-order.js'
import { NO_FILTER } from '../../stores/monitor.js'
import { fits, sorted } from './task-filter.js'
import { treeRows } from './tree-rows.js'

function task(id: string, change: Partial<TaskView> = {}): TaskView {
  return {
    id: id as TaskId,
    type: 'command',
    description: id,
    agentType: 'command',
    workspace: '/w',
    priority: 5,
    state: 'pending',
    progress: 0,
    steps: [],
    attempt: 0,
    maxAttempts: 1,
    createdAt: 10,
    ...change,
  }
}

const child = (id: string, parent: string, state: TaskState = 'pending') =>
  task(id, { parentId: parent as TaskId, state })

it('shows children below their parents, and leaves out what is closed', () => {
  const tasks = [
    task('a'),
    child('b', 'a', 'completed'),
    child('c', 'b', 'failed'),
    child('d', 'gone'),
  ]
  const open = treeRows(tasks, () => true)
  expect(open.map(({ task, level }) => `${level} ${task.id}`)).toEqual(['1 a', '2 b', '3 c', '1 d'])
  expect(open[0]).toMatchObject({ children: 1 })
  expect(treeRows(tasks, () => false).map(({ task }) => task.id)).toEqual(['a', 'd'])
})

it('shows every task once also where parents form a circle', () => {
  const tasks = [child('a', 'b'), child('b', 'a'), child('c', 'b')]
  expect(
    treeRows(tasks, () => true)
      .map(({ task }) => task.id)
      .sort(),
  ).toEqual(['a', 'b', 'c'])
})

it('sorts by what a column shows, and tells no negative times', () => {
  const tasks = [
    task('old', { createdAt: 1, priority: 9 }),
    task('new', { createdAt: 3 }),
    task('runs', { state: 'running', startedAt: 100 }),
    task('done', { state: 'completed', startedAt: 1, completedAt: 50 }),
  ]
  const by = (key: Sort['key'], descending = false) =>
    sorted(tasks, { key, descending }, 40).map(({ id }) => id)
  expect(by('state')).toEqual(['runs', 'old', 'new', 'done'])
  expect(by('priority', true)[0]).toBe('old')
  expect(by('duration', true)[0]).toBe('done')
  expect(by('task')).toEqual(['done', 'new', 'old', 'runs'])
  expect(ranMs(task('x', { state: 'running', startedAt: 100 }), 40)).toBe(0)
  expect(inLine(task('x', { priority: 9 }), task('y'))).toBeLessThan(0)
})

it('filters by every kind at once', () => {
  const one = task('x', { state: 'failed', type: 'build' })
  expect(fits(one, NO_FILTER)).toBe(true)
  expect(fits(one, { ...NO_FILTER, states: ['failed'], types: ['build'] })).toBe(true)
  expect(fits(one, { ...NO_FILTER, states: ['failed'], types: ['command'] })).toBe(false)
})
