import { describe, expect, it } from 'vitest'
import { ConversationId, ScheduleId, TaskId } from '../../../shared/model/ids.js'
import type { TaskResult, TaskView } from '../../../shared/model/task.js'
import type { HostEvent } from './host-event.js'
import {
  clearableCount,
  filteredTasks,
  groupTasks,
  NO_TASKS,
  openTasksOf,
  reduceTasks,
  tasksFrom,
  withDetails,
  withFound,
  withTasks,
} from './tasks.js'

const taskId = TaskId.parse('task_a')
const conversationId = ConversationId.parse('conv_a')

function task(change: Partial<TaskView> = {}): TaskView {
  return {
    id: taskId,
    type: 'command',
    description: 'Run the tests',
    agentType: 'runner',
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

const RESULT: TaskResult = {
  success: false,
  output: null,
  metrics: { duration: 1, tokensUsed: 0, agentsInvolved: [] },
}
const created: HostEvent = {
  name: 'task.created',
  params: { taskId, task: task(), seq: 1, at: 10 },
}
const started: HostEvent = { name: 'task.started', params: { taskId, attempt: 1, seq: 3, at: 30 } }

describe('tasks', () => {
  it('follows a task from its creation to its end', () => {
    const wait = { reason: 'limit', detail: '5 of 5 tasks are running', since: 11 } as const
    const waiting = [
      created,
      { name: 'task.waiting', params: { taskId, waitingFor: wait, seq: 2, at: 11 } } as const,
    ].reduce(reduceTasks, NO_TASKS)
    expect(waiting.byId[taskId]?.waitingFor).toEqual(wait)

    const running = reduceTasks(waiting, started)
    expect(running.byId[taskId]).toMatchObject({ state: 'running', attempt: 1, startedAt: 30 })
    expect(running.byId[taskId]?.waitingFor).toBeUndefined()

    const progress: HostEvent = {
      name: 'task.progress',
      params: {
        taskId,
        timestamp: 40,
        step: 'Half',
        progress: 50,
        message: '',
        steps: [{ title: 'One', state: 'active' }],
        estimatedTimeRemaining: 12,
        seq: 4,
        at: 40,
      },
    }
    const stalled = { since: 40, detail: 'No output.' }
    const silent = reduceTasks(running, {
      name: 'task.stalled',
      params: { taskId, stalled, seq: 4, at: 41 },
    })
    expect(silent.byId[taskId]?.stalled).toEqual(stalled)
    const alive: HostEvent = {
      name: 'task.stalled',
      params: { taskId, stalled: null, seq: 5, at: 42 },
    }
    expect(reduceTasks(silent, alive).byId[taskId]).not.toHaveProperty('stalled')
    const anew = reduceTasks(silent, {
      name: 'task.started',
      params: { taskId, attempt: 2, seq: 5, at: 42 },
    })
    expect(anew.byId[taskId]).not.toHaveProperty('stalled')
    const urgent: HostEvent = {
      name: 'task.updated',
      params: { taskId, priority: 9, seq: 4, at: 41 },
    }
    expect(reduceTasks(running, urgent).byId[taskId]?.priority).toBe(9)

    const half = reduceTasks(running, progress)
    expect(half.byId[taskId]).toMatchObject({ progress: 50, currentStep: 'Half' })

    const failed = reduceTasks(half, {
      name: 'task.failed',
      params: {
        taskId,
        error: { code: 'command_failed', message: 'exit code 1' },
        result: RESULT,
        seq: 5,
        at: 50,
      },
    })
    expect(failed.byId[taskId]).toMatchObject({ state: 'failed', completedAt: 50, progress: 50 })
    expect(failed.byId[taskId]?.runningMs).toBe(RESULT.metrics.duration * 1000)
    expect(failed.byId[taskId]?.estimatedTimeRemaining).toBeUndefined()

    const again = reduceTasks(failed, {
      name: 'task.started',
      params: { taskId, attempt: 2, seq: 6, at: 60 },
    })
    expect(again.byId[taskId]?.error).toBeUndefined()
    expect(again.byId[taskId]?.completedAt).toBeUndefined()
  })

  it('applies nothing twice and nothing out of date', () => {
    const running = [created, started].reduce(reduceTasks, NO_TASKS)
    expect([created, started].reduce(reduceTasks, running)).toBe(running)
    const stale = withTasks(running, { tasks: [task()], seq: 2 })
    expect(stale.byId[taskId]?.state).toBe('running')
    const fresh = tasksFrom({ tasks: [task({ state: 'completed' })], nextCursor: null, seq: 8 })
    expect(reduceTasks(fresh, started).byId[taskId]?.state).toBe('completed')
  })

  it('counts each task once, however often it is told of, until it is removed', () => {
    const a = task()
    const b = task({ id: TaskId.parse('task_b') })
    const created = (seq: number): HostEvent => ({
      name: 'task.created',
      params: { taskId: a.id, task: a, seq, at: 10 },
    })
    const one = reduceTasks(NO_TASKS, created(2))
    expect(one.count).toBe(1)
    const both = withDetails(withTasks(one, { tasks: [a, b, b], seq: 3 }), b)
    const again = reduceTasks(both, created(4))
    expect(again.count).toBe(2)
    const removed = { taskIds: [a.id, TaskId.parse('task_c')], seq: 5, at: 20 }
    expect(reduceTasks(again, { name: 'task.removed', params: removed }).count).toBe(1)
  })

  it('takes from a task read by itself what no event tells, and nothing else', () => {
    const usage = { tokens: 40, costUsd: 0.1, turns: 2 }
    const peak = { memoryBytes: 1024, cpuPercent: null }
    const missed = { scheduledAt: 5, ranAt: 9 }
    const running = [created, started].reduce(reduceTasks, NO_TASKS)
    const read = withDetails(running, task({ usage, peak, missed, priority: 1 }))
    expect(read.byId[taskId]).toEqual({ ...running.byId[taskId], usage, peak, missed })
    expect(read.seqOf).toEqual(running.seqOf)

    const later = withDetails(read, task({ usage }))
    expect(later.byId[taskId]).toEqual({ ...running.byId[taskId], usage })

    const unknown = withDetails(NO_TASKS, task({ usage }))
    expect(unknown.byId[taskId]).toEqual(task({ usage }))
    expect(reduceTasks(unknown, started).byId[taskId]).toMatchObject({ state: 'running', usage })
  })

  it('groups by what a person asks first', () => {
    const groups = groupTasks([
      task({ description: 'old', state: 'completed', completedAt: 5 }),
      task({ description: 'new', state: 'failed', completedAt: 9 }),
      task({ description: 'later', createdAt: 20 }),
      task({ description: 'urgent', createdAt: 30, priority: 9 }),
      task({ description: 'now', state: 'running', startedAt: 1 }),
    ])
    const names = Object.values(groups).map((list) => list.map((one: TaskView) => one.description))
    expect(names).toEqual([['now'], ['urgent', 'later'], ['new', 'old']])
  })

  it('filters by every word', () => {
    const state = tasksFrom({ tasks: [task()], nextCursor: null, seq: 1 })
    const counts = ['TESTS run', 'tests build', '  '].map(
      (filter) => filteredTasks(state, filter).length,
    )
    expect(counts).toEqual([1, 0, 1])
  })

  it('also shows what the host found for this filter by what no row shows, until the next one', () => {
    const known = task({ state: 'completed' })
    const older = task({ id: TaskId.parse('task_old'), description: 'another' })
    const loaded = tasksFrom({ tasks: [known], nextCursor: null, seq: 1 })
    expect(filteredTasks(loaded, 'the outcome')).toEqual([])
    const state = withFound(loaded, 'the outcome', { tasks: [known, older], seq: 2 })
    expect(filteredTasks(state, 'the outcome')).toEqual([known, older])
    expect(filteredTasks(state, 'the outcomes')).toEqual([])
    expect(filteredTasks(state, 'another')).toEqual([older])
    expect(withFound(state, 'x', { tasks: [], seq: 3 }).found?.ids.size).toBe(0)
  })

  it('counts what clearing the queue cancels: all that waits, but no recurring task before its instant', () => {
    const scheduleId = ScheduleId.parse('sched_a')
    const instant = { reason: 'schedule', detail: 'At nine', since: 1 } as const
    const tasks = [
      task(),
      task({ id: TaskId.parse('task_b'), scheduleId, waitingFor: instant }),
      task({ id: TaskId.parse('task_c'), waitingFor: instant }),
      task({ id: TaskId.parse('task_d'), scheduleId, state: 'running' }),
    ]
    const state = tasksFrom({ tasks, nextCursor: null, seq: 1 })
    expect(clearableCount(state, 3)).toBe(2)
    expect(clearableCount(state, 0)).toBe(0)
  })

  it('lists the unfinished tasks of a conversation', () => {
    const mine = task({ conversationId })
    const done = task({ id: TaskId.parse('task_b'), conversationId, state: 'completed' })
    const state = tasksFrom({ tasks: [mine, done], nextCursor: null, seq: 1 })
    expect(openTasksOf(state, conversationId)).toEqual([mine])
  })
})
