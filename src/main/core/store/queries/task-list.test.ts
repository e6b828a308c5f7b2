import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskId } from '../../../../shared/model/ids.js'
import { rankOf } from '../../../../shared/model/rank.js'
import { isTerminal, TaskState, type TaskView } from '../../../../shared/model/task.js'
import { inOrder, TaskOrder } from '../../../../shared/model/task-order.js'
import { openDatabase, type WriteDb } from '../database.js'
import { type ListRequest, listTasks, selectTaskNames } from './task-list.js'

let db: WriteDb
beforeEach(() => {
  db = openDatabase({ path: ':memory:' })
})
afterEach(() => {
  db.close()
})

const NOW = 10_000

/** Stores what the view shows. */
function store(task: TaskView): void {
  const { usage, attempt, priority, createdAt } = task
  const rank = rankOf({ priority, attempt, createdAtMs: createdAt, runAtMs: task.runAt ?? null })
  db.prepare(
    `INSERT INTO tasks (id, type, lane, description, agent_type, workspace, priority, max_attempts, state, rank,
       attempt, wait_since_ms, created_at_ms, started_at_ms, completed_at_ms, running_ms, cost_micro_usd, unpriced_tokens)
     VALUES (@id, @type, 'command', @description, @agentType, @workspace, @priority, 1, @state, @rank,
       @attempt, 1, @createdAt, @started, @completed, @ran, @cost, @unpriced)`,
  ).run({
    ...{ id: task.id, type: task.type, description: task.description, state: task.state },
    ...{ agentType: task.agentType, workspace: task.workspace, priority, rank, attempt, createdAt },
    started: task.startedAt ?? null,
    completed: task.completedAt ?? null,
    ran: task.runningMs ?? 0,
    cost: Math.round((usage?.costUsd ?? 0) * 1e6),
    unpriced: usage?.costUsd === null ? 1 : 0,
  })
}

function idsOf(ordinals: readonly number[]): string[] {
  const id = db.prepare('SELECT id FROM tasks WHERE ordinal = ?').pluck()
  return ordinals.map((ordinal) => id.get(ordinal) as string)
}

const ALL = { filter: {}, order: 'created', descending: true, after: null, nowMs: NOW } as const

/** All pages of a list, one after the other. */
function pages(request: Partial<ListRequest>, limit: number): string[][] {
  const found: string[][] = []
  let after: ListRequest['after'] = null
  do {
    const page = listTasks(db, { ...ALL, total: false, ...request, after, limit })
    found.push(idsOf(page.ordinals))
    after = page.next
  } while (after !== null)
  return found
}

const tasks: fc.Arbitrary<TaskView[]> = fc
  .array(
    fc.record({
      state: fc.constantFrom(...TaskState.options),
      type: fc.constantFrom('command', 'build', 'orchestration'),
      description: fc.constantFrom('Übung', 'alpha', 'Alpha two', 'beta', '測試'),
      agentType: fc.constantFrom('a', 'b'),
      workspace: fc.constantFrom('/x', '/y'),
      priority: fc.integer({ min: 1, max: 3 }),
      attempt: fc.integer({ min: 0, max: 1 }),
      startedAt: fc.integer({ min: 100, max: 103 }),
      ranMs: fc.integer({ min: 0, max: 3 }),
      costUsd: fc.constantFrom(null, 0, 0.5, 1),
    }),
    { maxLength: 25 },
  )
  .map((drawn) =>
    drawn.map(({ startedAt, ranMs, costUsd, ...task }, index) => ({
      ...task,
      id: `task_${String(index).padStart(3, '0')}` as TaskId,
      progress: 0,
      steps: [],
      maxAttempts: 1,
      // Some of one instant.
      createdAt: 1 + Math.floor(index / 3),
      usage: { tokens: 0, turns: 0, costUsd },
      ...(task.state !== 'pending' && { startedAt }),
      ...(isTerminal(task.state) && { completedAt: startedAt + ranMs, runningMs: index % 4 }),
    })),
  )

describe('a list of tasks', () => {
  it('is in the order in which a window sorts what it knows, page by page', () => {
    const wanted = fc.record({
      order: fc.constantFrom(...TaskOrder.options),
      descending: fc.boolean(),
      limit: fc.integer({ min: 1, max: 7 }),
      state: fc.option(fc.uniqueArray(fc.constantFrom(...TaskState.options), { minLength: 1 }), {
        nil: undefined,
      }),
      type: fc.constantFrom(undefined, 'build' as const),
    })
    fc.assert(
      fc.property(tasks, wanted, (all, { order, descending, limit, state, type }) => {
        db.exec('DELETE FROM tasks')
        for (const task of all) store(task)
        const fitting = all
          .filter((task) => state === undefined || state.includes(task.state))
          .filter((task) => type === undefined || task.type === type)
          .toSorted((a, b) => inOrder(a, b, { key: order, descending }, NOW))
          .map(({ id }) => String(id))
        const filter = { state, type }
        const found = pages({ filter, order, descending }, limit)
        expect(found.flat()).toEqual(fitting)
        expect(found.slice(0, -1).every((page) => page.length === limit)).toBe(true)
        const { total } = listTasks(db, { ...ALL, filter, total: true, limit: 1 })
        expect(total).toBe(fitting.length)
      }),
    )
  })

  it('goes on where it was when tasks before it have moved', () => {
    const task = (index: number, state: TaskState) =>
      store({
        ...{ id: `task_${index}` as TaskId, type: 'command', description: 'x', agentType: 'a' },
        ...{ workspace: '/', priority: 5, state, progress: 0, steps: [], attempt: 0 },
        ...{ maxAttempts: 1, createdAt: index },
      })
    for (let index = 1; index <= 4; index++) task(index, 'pending')
    const first = listTasks(db, {
      ...ALL,
      order: 'state',
      descending: false,
      total: false,
      limit: 2,
    })
    expect(idsOf(first.ordinals)).toEqual(['task_1', 'task_2'])
    db.exec(`UPDATE tasks SET state = 'running' WHERE id IN ('task_1', 'task_2')`)
    const second = listTasks(db, {
      ...{ ...ALL, order: 'state', descending: false, total: true, limit: 2 },
      after: first.next,
    })
    expect(idsOf(second.ordinals)).toEqual(['task_3', 'task_4'])
    expect(second).toMatchObject({ next: null, total: 4 })
  })

  it.each([true, false])(
    'has each task on one page although some run on or end meanwhile (descending: %s)',
    (descending) => {
      const task = (index: number, rest: Partial<TaskView>) =>
        store({
          ...{ id: `task_${index}` as TaskId, type: 'command', description: 'x', agentType: 'a' },
          ...{ workspace: '/', priority: 5, state: 'running', progress: 0, steps: [], attempt: 0 },
          ...{ maxAttempts: 1, createdAt: index, ...rest },
        })
      const ended = { state: 'completed', startedAt: 1_000 } as const
      task(1, { ...ended, startedAt: 100, completedAt: 1_600, runningMs: 1_500 })
      task(2, { startedAt: 1_000 })
      task(3, { startedAt: 1_100 })
      task(4, { ...ended, completedAt: 1_800, runningMs: 800 })
      const request = { ...ALL, order: 'duration', descending, total: false, limit: 1 } as const
      const found: string[] = []
      let after: ListRequest['after'] = null
      for (let nowMs = 2_000; nowMs < 7_000; nowMs += 1_000) {
        const page = listTasks(db, { ...request, after, nowMs })
        found.push(...idsOf(page.ordinals))
        after = page.next
        if (after === null) break
        db.exec(`UPDATE tasks SET state = 'completed', completed_at_ms = ${nowMs + 500},
                   running_ms = ${nowMs - 600} WHERE id = 'task_3'`)
      }
      const longestFirst = ['task_1', 'task_2', 'task_3', 'task_4']
      expect(found).toEqual(descending ? longestFirst : longestFirst.toReversed())
    },
  )

  it('names the agents and folders of all tasks once', () => {
    expect(selectTaskNames(db)).toEqual({ agentTypes: [], workspaces: [] })
    fc.assert(
      fc.property(tasks, (all) => {
        db.exec('DELETE FROM tasks')
        for (const task of all) store(task)
        const distinct = (names: readonly string[]) => [...new Set(names)].sort()
        expect(selectTaskNames(db)).toEqual({
          agentTypes: distinct(all.map(({ agentType }) => agentType)),
          workspaces: distinct(all.map(({ workspace }) => workspace)),
        })
      }),
      { numRuns: 20 },
    )
  })
})
