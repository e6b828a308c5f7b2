import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { TaskResult, TaskStatus, TaskView } from '../../../shared/model/task.js'
import { Terminal } from '../terminal.js'
import { groupLines } from './task-list.js'
import { resultText } from './task-result.js'
import { statusLines } from './task-status.js'

const id = TaskId.parse('task_abc123')
const now = 1_800_000_000_000

function pipe(): Terminal {
  return new Terminal(new PassThrough(), new PassThrough(), {})
}

function screen(columns: number, env: Record<string, string> = {}): Terminal {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns })
  return new Terminal(stream, new PassThrough(), env)
}

function view(over: Partial<TaskView>): TaskView {
  return {
    id,
    type: 'analysis',
    description: 'Analyzing auth system',
    agentType: 'analyst',
    workspace: '/work',
    conversationId: ConversationId.parse('conv_1'),
    priority: 5,
    state: 'running',
    progress: 64.6,
    steps: [],
    attempt: 1,
    maxAttempts: 1,
    createdAt: now - 600_000,
    ...over,
  }
}

describe('statusLines', () => {
  it('shows a running task', () => {
    const status: TaskStatus = {
      id,
      state: 'running',
      progress: 65,
      currentStep: 'Analyzing dependencies',
      estimatedTimeRemaining: 135,
    }
    expect(statusLines(status, pipe())).toEqual([
      'Status: Running (65% complete)',
      'Current step: Analyzing dependencies',
      'Est. time remaining: 2m 15s',
    ])
  })

  it('says between which times it will probably end, and that it shows no sign of life', () => {
    const status: TaskStatus = {
      id,
      state: 'running',
      progress: 65,
      estimatedTimeRemaining: 135,
      estimatedRange: { low: 110, high: 240 },
      stalled: { since: now, detail: 'No output\nfor 10 minutes.' },
    }
    expect(statusLines(status, pipe())).toEqual([
      'Status: Running (65% complete)',
      'Est. time remaining: 2m 15s',
      'Range: 1m 50s to 4m',
      'Stalled: No output for 10 minutes.',
    ])
    const narrow = { ...status, estimatedRange: { low: 135, high: 135.2 }, stalled: undefined }
    expect(statusLines(narrow, pipe())).toHaveLength(2)
  })

  it('says why a pending task waits, and for whom', () => {
    const waitingFor = {
      reason: 'limit' as const,
      detail: '5 of 5 tasks are running.',
      blockedBy: ['task_1', 'task_2'],
      since: now,
    }
    const status: TaskStatus = { id, state: 'pending', progress: 0, waitingFor }
    expect(statusLines(status, pipe())).toEqual([
      'Status: Pending',
      'Waiting for: limit (5 of 5 tasks are running [task_1, task_2])',
    ])
  })

  it('shows no step of the past beside an ended task', () => {
    const status: TaskStatus = { id, state: 'completed', progress: 100, currentStep: 'finish' }
    expect(statusLines(status, pipe())).toEqual(['Status: Completed'])
  })

  it('shows the error of a failed task in one line', () => {
    const error = { code: 'command_failed' as const, message: 'exit 1\nStatus: Completed' }
    const status: TaskStatus = { id, state: 'failed', progress: 40, error }
    expect(statusLines(status, pipe())).toEqual([
      'Status: Failed',
      'Error: command_failed: exit 1 Status: Completed',
    ])
  })

  it('colours only a terminal, and not where NO_COLOR is set', () => {
    const status: TaskStatus = { id, state: 'completed', progress: 100 }
    expect(statusLines(status, screen(80))[0]).toBe('Status: \x1b[32mCompleted\x1b[39m')
    expect(statusLines(status, screen(80, { NO_COLOR: '1' }))).toEqual(['Status: Completed'])
  })
})

describe('groupLines', () => {
  it('shows running and completed tasks', () => {
    const running = { state: 'running' as const, tasks: [view({})], hasMore: false }
    expect(groupLines(running, pipe(), now)).toEqual([
      'Running (1):',
      '  - task_abc123: Analyzing auth system (65%)',
    ])
    const done = view({
      state: 'completed',
      completedAt: now - 190_000,
      description: 'Code review',
    })
    const completed = { state: 'completed' as const, tasks: [done], hasMore: true }
    expect(groupLines(completed, pipe(), now)).toEqual([
      'Completed (1+):',
      '  - task_abc123: Code review (✅ 3m ago)',
    ])
  })

  it('says why tasks wait and failed', () => {
    const waitingFor = { reason: 'memory' as const, detail: '91 % is in use', since: now }
    const pending = view({ state: 'pending', waitingFor })
    expect(groupLines({ state: 'pending', tasks: [pending], hasMore: false }, pipe(), now)[1]).toBe(
      '  - task_abc123: Analyzing auth system (waiting: 91 % is in use)',
    )
    const error = { code: 'timeout' as const, message: 'too slow' }
    const failed = view({ state: 'failed', completedAt: now - 5_000, error })
    expect(groupLines({ state: 'failed', tasks: [failed], hasMore: false }, pipe(), now)[1]).toBe(
      '  - task_abc123: Analyzing auth system (❌ 5s ago, timeout)',
    )
  })

  it('fits a terminal, and gives a pipe everything', () => {
    const tasks = [view({ description: 'x'.repeat(200) })]
    const group = { state: 'running' as const, tasks, hasMore: false }
    const [, line = ''] = groupLines(group, screen(60, { NO_COLOR: '1' }), now)
    expect(line).toMatch(/^ {2}- task_abc123: x+… \(65%\)$/)
    expect(line.length).toBeLessThan(60)
    expect(groupLines(group, pipe(), now)[1]).toContain('x'.repeat(200))
  })
})

describe('resultText', () => {
  const metrics = { duration: 3, tokensUsed: 0, agentsInvolved: [] }

  it('puts a report below the heading', () => {
    const result: TaskResult = { success: true, output: '# Report\n\nFine.\n\n', metrics }
    expect(resultText(result, pipe())).toBe('Task completed ✅\n# Report\n\nFine.\n')
  })

  it('keeps the output of a failed task', () => {
    const error = { code: 'command_failed' as const, message: 'exit code 1: npm test' }
    const result: TaskResult = { success: false, output: '1 failed', metrics, error }
    expect(resultText(result, pipe())).toBe(
      'Task failed ❌\nError: command_failed: exit code 1: npm test\n1 failed\n',
    )
  })

  it('tells a cancelled task from a failed one', () => {
    const error = { code: 'cancelled' as const, message: 'cancelled on request' }
    const result: TaskResult = { success: false, output: null, metrics, error }
    expect(resultText(result, pipe())).toMatch(/^Task cancelled /)
  })

  it('shows structured output as JSON, and filters what goes to a terminal', () => {
    const result: TaskResult = { success: true, output: { files: 3 }, metrics }
    expect(resultText(result, pipe())).toBe('Task completed ✅\n{\n  "files": 3\n}\n')
    const evil: TaskResult = { success: true, output: 'a\x1b]0;owned\x07b', metrics }
    expect(resultText(evil, screen(80, { NO_COLOR: '1' }))).toBe('Task completed ✅\nab\n')
    expect(resultText(evil, pipe())).toContain('\x1b]0;owned\x07')
  })
})
