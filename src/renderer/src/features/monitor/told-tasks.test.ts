import { describe, expect, it } from 'vitest'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskView } from '../../../../shared/model/task.js'
import { NO_FILTER, USUAL_SORT } from '../../stores/monitor.js'
import { shownTasks, toldAnew, toldBy, toldFurther } from './told-tasks.js'

function task(id: string, change: Partial<TaskView> = {}): TaskView {
  return {
    ...{ id: id as TaskId, type: 'command', description: id, agentType: 'command' },
    ...{ workspace: '/w', priority: 5, state: 'completed', progress: 0, steps: [] },
    ...{ attempt: 1, maxAttempts: 1, createdAt: 10, ...change },
  }
}

const page = (tasks: readonly TaskView[], nextCursor: string | null = null, total?: number) => ({
  ...{ tasks: [...tasks], nextCursor, seq: 1 },
  ...(total === undefined ? {} : { total }),
})

const byId = (...tasks: readonly TaskView[]) =>
  Object.fromEntries(tasks.map((one) => [one.id, one])) as Record<TaskId, TaskView>

const question = { filter: NO_FILTER, sort: { key: 'created', descending: true } } as const
const ids = (tasks: readonly TaskView[]) => tasks.map(({ id }) => String(id)).sort()

describe('what a view shows of all tasks', () => {
  const newest = task('a', { createdAt: 30 })
  const middle = task('b', { createdAt: 20 })
  const older = task('c', { createdAt: 10 })

  it('ends where the host has told so far, whatever else is loaded', () => {
    const told = toldBy('q', page([newest, middle], 'next', 3))
    const created = task('new', { createdAt: 40 })
    const loaded = byId(newest, middle, older, created)
    expect(ids(shownTasks(loaded, question, told, 0))).toEqual(['a', 'b', 'new'])
    const further = toldFurther(told, page([older]))
    expect(further).toMatchObject({ pages: 2, total: 3, last: null, cursor: null })
    expect(ids(shownTasks(loaded, question, further, 0))).toEqual(['a', 'b', 'c', 'new'])
  })

  it('follows tasks that move within it, or out of it', () => {
    const runs = task('r', { state: 'running', createdAt: 5 })
    const asked = { filter: NO_FILTER, sort: USUAL_SORT }
    const told = toldBy('q', page([runs, task('w', { state: 'pending', createdAt: 6 })], 'next'))
    const waits = task('w', { state: 'pending', createdAt: 6 })
    expect(ids(shownTasks(byId(runs, waits), asked, told, 0))).toEqual(['r', 'w'])
    const ended = task('r', { completedAt: 50 })
    const starts = task('w', { state: 'running', createdAt: 6 })
    expect(ids(shownTasks(byId(ended, starts), asked, told, 0))).toEqual(['w'])
  })

  it('keeps how far it has come when the first page is read once more', () => {
    const told = toldFurther(toldBy('q', page([newest], 'two', 9)), page([middle], 'three'))
    const again = toldAnew(told, page([task('new', { createdAt: 40 })], 'one', 10))
    expect(again).toMatchObject({ pages: 2, cursor: 'three', last: middle, total: 10 })
    const single = toldAnew(toldBy('q', page([newest], 'two', 9)), page([middle], 'other', 9))
    expect(single).toMatchObject({ cursor: 'other', last: middle })
  })

  it('has what the host found for a text, by what no row shows, down to the oldest of it', () => {
    const asked = { filter: { ...NO_FILTER, text: ' outcome ' }, sort: USUAL_SORT }
    const told = toldBy('q', page([newest, middle], 'next'))
    const outcome = task('outcome', { createdAt: 1 })
    const loaded = byId(newest, middle, older, outcome)
    expect(ids(shownTasks(loaded, asked, told, 0))).toEqual(['a', 'b'])
    expect(ids(shownTasks(loaded, asked, null, 0))).toEqual(['outcome'])
  })

  it('leaves out what does not fit any more', () => {
    const asked = { filter: { ...NO_FILTER, states: ['failed'] as const }, sort: USUAL_SORT }
    const told = toldBy('q', page([task('f', { state: 'failed' })]))
    expect(shownTasks(byId(task('f', { state: 'pending' })), asked, told, 0)).toEqual([])
  })
})
