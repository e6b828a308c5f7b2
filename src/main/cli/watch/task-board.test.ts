import { describe, expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import { DEFAULT_LIMITS, type QueueState } from '../../../shared/model/queue.js'
import type { TaskView } from '../../../shared/model/task.js'
import type { EventName, PayloadOf } from '../../../shared/rpc/contract.js'
import { type BoardEvent, TaskBoard } from './task-board.js'

const taskId = TaskId.parse('task_a')
const queue: QueueState = {
  paused: false,
  draining: false,
  running: [],
  runningCount: 0,
  pendingCount: 1200,
  machine: { cpu: 1, memory: 2 },
  heldBackBy: [],
  limits: DEFAULT_LIMITS,
}
const success = {
  success: true,
  output: null,
  metrics: { duration: 3, tokensUsed: 0, agentsInvolved: [] },
}

function view(over: Partial<TaskView> = {}): TaskView {
  return {
    id: taskId,
    type: 'command',
    description: 'Build',
    agentType: '',
    workspace: '/work',
    priority: 5,
    state: 'pending',
    progress: 0,
    steps: [],
    attempt: 0,
    maxAttempts: 2,
    createdAt: 1,
    ...over,
  }
}

function tell<E extends EventName>(board: TaskBoard, seq: number, name: E, payload: PayloadOf<E>) {
  board.apply(name, { ...payload, seq, at: seq * 1000 } as unknown as BoardEvent)
}

describe('TaskBoard', () => {
  it('follows a task through its life', () => {
    const board = new TaskBoard()
    const waitingFor = { reason: 'starting' as const, detail: 'at once', since: 1 }
    tell(board, 1, 'task.created', { taskId, task: view({ waitingFor }) })
    expect(board.view().waiting).toMatchObject([{ view: { id: taskId, waitingFor } }])
    tell(board, 2, 'task.started', { taskId, attempt: 1 })
    tell(board, 3, 'task.progress', {
      taskId,
      timestamp: 3,
      step: 'Compiling',
      progress: 40,
      message: '',
      steps: [],
      estimatedTimeRemaining: 9,
      estimatedRange: { low: 5, high: 20 },
    })
    tell(board, 4, 'task.stalled', { taskId, stalled: { since: 3, detail: 'silent' } })
    tell(board, 5, 'task.updated', { taskId, priority: 9 })
    const [running] = board.view().running
    expect(running).toEqual({
      seq: 5,
      asOfMs: 3000,
      view: view({
        state: 'running',
        attempt: 1,
        startedAt: 2000,
        priority: 9,
        progress: 40,
        currentStep: 'Compiling',
        estimatedTimeRemaining: 9,
        estimatedRange: { low: 5, high: 20 },
        stalled: { since: 3, detail: 'silent' },
      }),
    })
    tell(board, 6, 'task.stalled', { taskId, stalled: null })
    expect(board.view().running[0]?.view.stalled).toBeUndefined()

    const backoff = { reason: 'backoff' as const, detail: 'tries again in 1 s', since: 6 }
    tell(board, 7, 'task.waiting', { taskId, waitingFor: backoff })
    const [waiting] = board.view().waiting
    expect(waiting?.view).toMatchObject({ waitingFor: backoff, state: 'pending' })
    expect(waiting?.view.estimatedRange).toBeUndefined()
    tell(board, 8, 'task.started', { taskId, attempt: 2 })
    tell(board, 9, 'task.completed', { taskId, result: success })
    const { ended, running: none } = board.view()
    expect(none).toEqual([])
    expect(ended[0]?.view).toMatchObject({ state: 'completed', progress: 100, completedAt: 9000 })
  })

  it('lets no older word win over a newer one', () => {
    const board = new TaskBoard()
    board.merge({ tasks: [view({ state: 'running' })], seq: 10 }, 0)
    tell(board, 9, 'task.created', { taskId, task: view() })
    expect(board.view().running).toHaveLength(1)
    tell(board, 11, 'task.completed', { taskId, result: success })
    board.merge({ tasks: [view({ state: 'running' })], seq: 10 }, 0)
    expect(board.view().running).toEqual([])
  })

  it('shows what waits by urgency, and counts also what it does not hold', () => {
    const board = new TaskBoard()
    const tasks = [
      view({
        id: TaskId.parse('task_4'),
        priority: 10,
        runAt: 9,
        waitingFor: { reason: 'schedule', detail: '', since: 1 },
      }),
      view({ id: TaskId.parse('task_1'), createdAt: 2 }),
      view({ id: TaskId.parse('task_2'), createdAt: 1 }),
      view({ id: TaskId.parse('task_3'), createdAt: 3, priority: 8 }),
    ]
    board.merge({ tasks, seq: 1 }, 0)
    board.setQueue(queue, false)
    const { waiting, waitingCount } = board.view()
    expect(waiting.map((task) => task.view.id)).toEqual(['task_3', 'task_2', 'task_1', 'task_4'])
    expect(waitingCount).toBe(1200)
    board.setQueue(queue, true)
    expect(board.view().waitingCount).toBe(4)
  })

  it('follows the queue and the machine', () => {
    const board = new TaskBoard()
    board.setQueue(queue, true)
    tell(board, 1, 'system.machine', { cpu: 50, memory: 60 })
    tell(board, 2, 'queue.changed', { ...queue, paused: true })
    const { queue: shown, machine } = board.view()
    expect(shown?.paused).toBe(true)
    expect(machine).toEqual({ cpu: 50, memory: 60 })
  })

  it('forgets what ended long ago', () => {
    const board = new TaskBoard()
    const tasks = Array.from({ length: 60 }, (_, n) =>
      view({ id: TaskId.parse(`task_${n}`), state: 'failed', completedAt: n }),
    )
    board.merge({ tasks, seq: 1 }, 0)
    board.view()
    const { ended } = board.view()
    expect(ended).toHaveLength(50)
    expect(ended[0]?.view.id).toBe('task_59')
  })
})
