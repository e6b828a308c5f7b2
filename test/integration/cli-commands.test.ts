import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ScheduleId, TaskId } from '../../src/shared/model/ids.js'
import { DEFAULT_PREFERENCES } from '../../src/shared/model/preferences.js'
import { DEFAULT_LIMITS } from '../../src/shared/model/queue.js'
import type { TaskResult, TaskView } from '../../src/shared/model/task.js'
import { AppError } from '../../src/shared/rpc/errors.js'
import { CliRun, cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const taskId = TaskId.parse('task_abc123')
const metrics = { duration: 3, tokensUsed: 0, agentsInvolved: [] }
const success: TaskResult = { success: true, output: '# Report\n', metrics }
const failure: TaskResult = {
  success: false,
  output: 'boom\n',
  metrics,
  error: { code: 'command_failed', message: 'exit code 1' },
}

function task(over: Partial<TaskView>): TaskView {
  return {
    id: taskId,
    type: 'analysis',
    description: 'Code review',
    agentType: 'analyst',
    workspace: '/work',
    priority: 5,
    state: 'completed',
    progress: 100,
    steps: [],
    attempt: 1,
    maxAttempts: 1,
    createdAt: 1_799_999_000_000,
    ...over,
  }
}

let dataDirectory: string
let host: ScriptedHost

const settings = {
  model: {
    provider: 'offline' as const,
    model: 'offline',
    baseUrl: null,
    hasKey: false,
    keySource: null,
    fromEnvironment: [],
  },
  workspace: '/',
  workspaces: [],
  firstRunDone: true,
  asyncTasks: true,
  planApproval: 'auto' as const,
  isolateInGit: true,
  copyWithoutGit: false,
  questionExpiryHours: null,
  preferences: DEFAULT_PREFERENCES,
}

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-cli-'))
  host = await ScriptedHost.start(dataDirectory)
})

afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

function run(...argv: string[]) {
  return cli(argv, { dataDirectory })
}

function lastParams(): unknown {
  return host.calls.at(-1)?.params
}

describe('execute', () => {
  beforeEach(() => host.answer('task.submit', () => ({ taskId })))

  it('starts a task and says so word for word', async () => {
    expect(await run('execute', 'Analyze auth system', '--async')).toEqual({
      exitCode: 0,
      stdout: "Task started: task_abc123\nYou can continue chatting. I'll notify you when done.\n",
      stderr: '',
    })
    expect(lastParams()).toEqual({
      description: 'Analyze auth system',
      type: 'agent_execution',
      workspace: dataDirectory,
    })
  })

  it('waits all the same where asynchronous tasks are switched off, and says so', async () => {
    host.answer('task.submit', () => ({ taskId: TaskId.parse('task_1'), mustWait: true }))
    const result = {
      success: true,
      output: 'all good',
      metrics: { duration: 1, tokensUsed: 0, agentsInvolved: [] },
    }
    host.answer('task.result', () => result)
    const ran = await run('execute', 'Analyze auth system', '--async')
    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('switched off') })
    expect(ran.stdout).toContain('Task completed ✅')
    host.answer('settings.set', (change) => ({ ...settings, ...(change as object) }))
    expect((await run('async', 'off')).stdout).toContain('are off')
    expect(host.calls.at(-1)).toEqual({ method: 'settings.set', params: { asyncTasks: false } })
  })

  it('hands every flag to the host', async () => {
    const flags =
      '--async --agent tester --priority 9 --after task_1 --after task_2 --at 2027-01-15T08:00:00Z ' +
      '--retries 2 --timeout 1.5 --workspace sub --idempotency-key k1'
    await run('execute', 'Test it', '--command', 'npm test -- --json', ...flags.split(' '))
    expect(lastParams()).toEqual({
      description: 'Test it',
      type: 'command',
      agentType: 'tester',
      command: 'npm test -- --json',
      priority: 9,
      dependencies: ['task_1', 'task_2'],
      runAt: 1_800_000_000_000,
      maxAttempts: 3,
      timeoutMs: 1500,
      workspace: path.join(dataDirectory, 'sub'),
      idempotencyKey: 'k1',
    })
  })

  it('hands over budget, limits and what a crash is to mean', async () => {
    const flags =
      '--async --budget tokens=5000,turns=3 --budget costUsd=0.5 --max-memory 512 --max-output 0.5 ' +
      '--max-processes 20 --no-rerun --at 2027-01-15T08:00:00Z --misfire skip'
    await run('execute', 'Test it', ...flags.split(' '))
    expect(lastParams()).toMatchObject({
      budget: { tokens: 5000, turns: 3, costUsd: 0.5 },
      limits: { memoryBytes: 512 * 1024 * 1024, outputBytes: 512 * 1024, processes: 20 },
      onInterruption: 'fail',
      misfire: 'skip',
    })
  })

  it('does not wait for a task that comes again and again, but says when it first runs', async () => {
    const scheduleId = ScheduleId.parse('sched_x1')
    const runAt = 1_800_000_000_000 + 90_000_000
    const scheduled = task({ state: 'pending', progress: 0, scheduleId, runAt })
    host.answer('task.get', () => ({ task: scheduled, result: null }))
    const flags = ['--cron', '0 9 * * *', '--timezone', 'Europe/Berlin', '--misfire', 'run_all']
    const { exitCode, stdout, stderr } = await run('execute', 'Nightly', ...flags)
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'End it: smart-agents schedules delete sched_x1\n',
    })
    expect(stdout).toMatch(
      /^Task scheduled: task_abc123\nFirst run: 2027-01-1\d \d\d:\d\d \(in 1d 1h\)\nSchedule: sched_x1\n$/,
    )
    expect(host.calls[0]?.params).toMatchObject({
      cron: '0 9 * * *',
      timezone: 'Europe/Berlin',
      misfire: 'run_all',
    })
    const asJson = await run('execute', 'Nightly', '--async', '--json', ...flags)
    expect(JSON.parse(asJson.stdout)).toEqual({ taskId, scheduleId, runAt })
  })

  it('passes on what the host says of a value', async () => {
    host.answer('task.submit', () => {
      throw new AppError('invalid_params', 'cron: not an expression')
    })
    expect(await run('execute', 'x', '--cron', '* * * * *')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'smart-agents: cron: not an expression\n',
    })
  })

  it('waits and ends as the task did', async () => {
    host.answer('task.result', () => success)
    expect(await run('execute', 'Review')).toEqual({
      exitCode: 0,
      stdout: 'Task completed ✅\n# Report\n',
      stderr: '',
    })
    host.answer('task.result', () => failure)
    expect(await run('execute', 'Review', '--json')).toEqual({
      exitCode: 1,
      stdout: `${JSON.stringify({ taskId, ...failure })}\n`,
      stderr: '',
    })
  })

  it('goes on waiting when the connection breaks', async () => {
    const results: Array<TaskResult | null> = [null, success]
    host.answer('task.result', async () => {
      const next = results.shift()
      if (next === null) {
        host.dropClients()
        return new Promise<never>(() => undefined)
      }
      return next ?? null
    })
    const { exitCode, stdout } = await run('execute', 'Review')
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Task completed ✅\n# Report\n' })
    expect(host.connections).toBe(2)
  })

  it('leaves the task alone on Ctrl+C, and says how to go on', async () => {
    const asked = new Promise<void>((resolve) => {
      host.answer('task.result', () => {
        resolve()
        return new Promise<never>(() => undefined)
      })
    })
    const running = new CliRun(['execute', 'Review'], { dataDirectory })
    await asked
    running.interrupt()
    expect(await running.exit).toBe(130)
    expect(running.stderr).toContain('the task goes on')
    expect(running.stderr).toContain('smart-agents cancel task_abc123')
    expect(host.calls.map((call) => call.method)).not.toContain('task.cancel')
  })

  it('shows on a terminal how far it is, and clears that away', async () => {
    let finish: (result: TaskResult) => void = () => undefined
    host.answer('task.result', () => new Promise((resolve) => (finish = resolve)))
    const running = new CliRun(['execute', 'Review'], { dataDirectory, terminal: 40 })
    while (!host.calls.some((call) => call.method === 'events.subscribe')) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    const step = 'Reading \x1b[31mevery file of a large repository'
    host.emit('task.progress', {
      taskId,
      timestamp: 1,
      step,
      progress: 64.7,
      message: step,
      steps: [],
    })
    await running.shows(/Running \(65%\)/)
    expect(running.stderr).toBe('\r\x1b[KRunning (65%) Reading every file of a l')
    finish(success)
    expect(await running.exit).toBe(0)
    expect(running.stderr).toMatch(/\r\x1b\[K$/)
  })
})

describe('status, result and list', () => {
  it('prints what status says, as text and as JSON', async () => {
    const status = { id: taskId, state: 'running' as const, progress: 65, currentStep: 'Reading' }
    host.answer('task.status', () => status)
    expect((await run('status', taskId)).stdout).toBe(
      'Status: Running (65% complete)\nCurrent step: Reading\n',
    )
    expect(JSON.parse((await run('status', taskId, '--json')).stdout)).toEqual(status)
    expect(JSON.parse((await run('--json', 'status', taskId)).stdout)).toEqual(status)
  })

  it('ends with 3 for a task that there is not', async () => {
    host.answer('task.status', () => {
      throw new AppError('not_found', 'there is no task task_abc123')
    })
    expect(await run('status', taskId)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'smart-agents: there is no task task_abc123\n',
    })
    expect(await run('status', taskId, '--json')).toEqual({
      exitCode: 3,
      stdout: '{"error":{"code":"not_found","message":"there is no task task_abc123"}}\n',
      stderr: '',
    })
  })

  it('says that a result is not there yet, and waits for it on request', async () => {
    host.answer('task.result', () => null)
    host.answer('task.status', () => ({ id: taskId, state: 'running', progress: 10 }))
    const early = await run('result', taskId)
    expect(early.exitCode).toBe(0)
    expect(early.stdout).toBe('There is no result yet.\nStatus: Running (10% complete)\n')
    expect(await run('result', taskId, '--json')).toMatchObject({ exitCode: 0, stdout: 'null\n' })

    let asked = 0
    host.answer('task.result', () => (++asked < 3 ? null : failure))
    expect(await run('result', taskId, '--wait')).toEqual({
      exitCode: 1,
      stdout: 'Task failed ❌\nError: command_failed: exit code 1\nboom\n',
      stderr: '',
    })
    expect(lastParams()).toMatchObject({ taskId, waitMs: expect.any(Number) })
  })

  it('lists by state, and says when there is nothing', async () => {
    const all = [
      task({ id: TaskId.parse('task_r1'), state: 'running', progress: 65, description: 'Auth' }),
      task({ completedAt: 1_799_999_810_000 }),
    ]
    host.answer('task.list', ({ state }) => ({
      tasks: all.filter((one) => state === undefined || one.state === state),
      nextCursor: null,
      seq: 7,
    }))
    expect((await run('list')).stdout).toBe(
      'Running (1):\n  - task_r1: Auth (65%)\nCompleted (1):\n  - task_abc123: Code review (✅ 3m ago)\n',
    )
    expect((await run('list', '--state', 'failed')).stdout).toBe('There are no failed tasks.\n')
    const json = JSON.parse((await run('list', '--json')).stdout)
    expect(json).toEqual({ tasks: all, nextCursor: null })
  })

  it('follows pages, and says when it stopped before the last', async () => {
    host.answer('task.list', ({ state, limit = 0, cursor }) => {
      if (state !== 'pending' && state !== 'completed')
        return { tasks: [], nextCursor: null, seq: 1 }
      const pages = state === 'pending' ? 2 : 100
      const page = Number(cursor ?? 0)
      const tasks = Array.from({ length: Math.min(2, limit) }, (_, index) =>
        task({ id: TaskId.parse(`task_${state}${page}x${index}`), state }),
      )
      return { tasks, nextCursor: page + 1 < pages ? String(page + 1) : null, seq: 1 }
    })
    const { stdout, stderr } = await run('list')
    expect(stdout).toContain('Pending (4):')
    expect(stdout).toContain('Completed (20+):')
    expect(stderr).toContain('smart-agents list --state completed')
  })
})

describe('the other commands', () => {
  it('cancels, retries and hurries a task', async () => {
    host.answer('task.cancel', () => ({ taskId, state: 'cancelled' }))
    host.answer('task.retry', () => ({ taskId, state: 'pending' }))
    host.answer('task.runNow', () => ({ taskId, state: 'running' }))
    expect((await run('cancel', taskId)).stdout).toBe('Task cancelled: task_abc123\n')
    expect((await run('retry', taskId)).stdout).toBe('Status: Pending\n')
    expect((await run('run-now', taskId)).stdout).toBe('Status: Running\n')
  })

  it('shows and changes limits', async () => {
    host.answer('queue.limits.get', () => DEFAULT_LIMITS)
    host.answer('queue.limits.set', (change) => Object.assign({ ...DEFAULT_LIMITS }, change))
    expect((await run('limits')).stdout).toContain('maxConcurrentTasks=5\n')
    const changed = await run('limits', 'maxConcurrentTasks=8', 'cpuThreshold=100')
    expect(changed.stdout).toContain('maxConcurrentTasks=8\n')
    expect(lastParams()).toEqual({ maxConcurrentTasks: 8, cpuThreshold: 100 })
  })

  it('pauses and resumes', async () => {
    const state = {
      paused: true,
      draining: false,
      running: [],
      runningCount: 0,
      pendingCount: 3,
      machine: { cpu: 1, memory: 2 },
      heldBackBy: ['paused' as const],
      limits: DEFAULT_LIMITS,
    }
    host.answer('queue.pause', () => state)
    host.answer('queue.resume', () => ({ ...state, paused: false, heldBackBy: [] }))
    expect((await run('pause')).stdout).toBe(
      'Paused: no further task starts (0 running, 3 waiting).\n',
    )
    expect((await run('resume')).stdout).toBe('Tasks start again (0 running, 3 waiting).\n')
  })

  it('moves a task in the line, and clears the line', async () => {
    host.answer('task.setPriority', ({ priority }) => ({ taskId, priority }))
    host.answer('queue.clear', () => ({ cancelled: 3 }))
    expect((await run('priority', taskId, '9')).stdout).toBe('Priority of task_abc123: 9\n')
    expect(lastParams()).toEqual({ taskId, priority: 9 })
    expect((await run('clear')).stdout).toBe('Cancelled 3 waiting tasks.\n')
    host.answer('queue.clear', () => ({ cancelled: 0 }))
    expect((await run('clear')).stdout).toBe('There was no task that waits.\n')
    expect((await run('clear', '--json')).stdout).toBe('{"cancelled":0}\n')
  })

  it('tells of every attempt, and shows what one of them has put out', async () => {
    const startedAt = 1_799_999_990_000
    const error = { code: 'command_failed' as const, message: 'exit code 1\nx' }
    const stretch = { attempt: 1, startedAt, endedAt: startedAt + 3000, error: null }
    host.answer('task.attempts', () => ({
      attempts: [
        { ...stretch, outcome: 'interrupted', logOffset: 0, logEnd: 4 },
        { ...stretch, outcome: 'failed', error, logOffset: 4, logEnd: 8 },
        { ...stretch, attempt: 2, endedAt: null, outcome: null, logOffset: 8, logEnd: 14 },
      ],
    }))
    const { stdout } = await run('attempts', taskId)
    const began = 'began 2027-01-1\\d \\d\\d:\\d\\d'
    expect(stdout).toMatch(
      new RegExp(
        `^Attempt 1: interrupted after at least 3s, ${began}\n` +
          `Attempt 1: failed after 3s, ${began} \\(command_failed: exit code 1 x\\)\n` +
          `Attempt 2: running for 10s, ${began}\n$`,
      ),
    )
    const log = 'one\ntwo\nthree\n'
    host.answer('task.log', ({ sinceOffset = 0 }) => ({
      text: log.slice(sinceOffset, sinceOffset + 5),
      offset: sinceOffset,
      nextOffset: Math.min(log.length, sinceOffset + 5),
      complete: false,
    }))
    expect((await run('logs', taskId, '--attempt', '1')).stdout).toBe('one\ntwo\n')
    expect((await run('logs', taskId, '--attempt', '2')).stdout).toBe('three\n')
    expect(await run('logs', taskId, '--attempt', '5')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'smart-agents: task_abc123 has no attempt 5: its last one is attempt 2\n',
    })
  })

  it('follows the output of a task to its end, from the log alone', async () => {
    let log = 'one\n'
    let complete = false
    host.answer('task.log', ({ sinceOffset = 0 }) => ({
      // Two characters at a time, as if they were long chunks.
      text: log.slice(sinceOffset, sinceOffset + 2),
      offset: sinceOffset,
      nextOffset: Math.min(log.length, sinceOffset + 2),
      complete: complete && sinceOffset + 2 >= log.length,
    }))
    expect((await run('logs', taskId)).stdout).toBe('one\n')

    const following = new CliRun(['logs', taskId, '--follow'], { dataDirectory })
    await following.shows(/one\n/)
    log += 'two\n'
    host.emit('task.output', { taskId, offset: 4, text: 'two\n' })
    await following.shows(/two\n/)
    host.dropClients()
    while (host.connections < 3) await new Promise((resolve) => setImmediate(resolve))
    log += 'three\n'
    complete = true
    host.emit('task.completed', { taskId, result: success })
    expect(await following.exit).toBe(0)
    expect(following.stdout).toBe('one\ntwo\nthree\n')
  })

  it('watches until Ctrl+C', async () => {
    const watching = new CliRun(['watch'], { dataDirectory })
    while (host.calls.length === 0) await new Promise((resolve) => setImmediate(resolve))
    host.emit('task.created', { taskId, task: task({ description: 'a\nb' }) })
    host.emit('task.updated', { taskId, priority: 9 })
    host.emit('task.stalled', { taskId, stalled: { since: 1, detail: 'no\noutput' } })
    host.emit('task.stalled', { taskId, stalled: null })
    host.emit('task.failed', {
      taskId,
      error: { code: 'timeout', message: 'slow' },
      result: failure,
    })
    await watching.shows(/failed/)
    watching.interrupt()
    expect(await watching.exit).toBe(0)
    expect(watching.stdout).toMatch(/^(?:\d\d:\d\d:\d\d [^\n]+\n){5}$/)
    expect(watching.stdout.replace(/^\S+ /gm, '').split('\n')).toEqual([
      'task_abc123 created: a b',
      'task_abc123 updated: priority 9',
      'task_abc123 stalled: no output',
      'task_abc123 stalled: it works again',
      'task_abc123 failed: timeout: slow',
      '',
    ])
  })
})

describe('bad usage', () => {
  it.each([
    [['exceute', 'x'], "unknown command 'exceute' (Did you mean execute?)"],
    [['execute', 'x', '--asinc'], "unknown option '--asinc' (Did you mean --async?)"],
    [['execute'], "missing required argument 'description'"],
    [['execute', 'x', '--priority', '11'], 'It must be a whole number from 1 to 10'],
    [['execute', 'x', '--type', 'magic'], 'Allowed choices are agent_execution'],
    [['execute', 'x', '--at', '2027-01-01', '--cron', '* * * * *'], 'cannot be used with'],
    [['execute', 'x', '--after', 'nonsense'], '"nonsense" is not the id of a task'],
    [['status', 'nonsense'], '"nonsense" is not the id of a task'],
    [['list', '--state', 'done'], 'Allowed choices are pending, running'],
    [['chat', ''], 'the message is empty'],
    [['chat', 'hello', '--conversation', 'x'], '"x" is not the id of a conversation'],
    [['execute', 'x', '--timezone', 'Europe/Berlin'], '--timezone is that of a --cron expression'],
    [['execute', 'x', '--budget', 'money=5'], 'a KEY out of tokens, costUsd, turns, timeMs'],
    [['execute', 'x', '--budget', 'turns=0'], 'turns must be a whole number above 0'],
    [['execute', 'x', '--max-memory', '0'], 'a number of megabytes above 0'],
    [['execute', 'x', '--misfire', 'never'], 'Allowed choices are run_once, skip, run_all'],
    [['logs', 'task_1', '--attempt', '1', '--follow'], 'cannot be used with'],
    [['priority', 'task_1', '11'], 'It must be a whole number from 1 to 10'],
    [['stats', '--days', '0'], 'It must be a whole number from 1 to 3650'],
    [['stats', '--timezone', 'Europe/Berlin'], '--timezone goes with --overview'],
    [['schedules', 'pause', 'task_1'], '"task_1" is not the id of a schedule'],
    [['schedules', 'pause'], "missing required argument 'schedule-id'"],
    [['schedules', 'frobnicate'], "unknown command 'frobnicate'"],
    [['schedules', 'paus', 'sched_1'], "unknown command 'paus' (Did you mean pause?)"],
    [['serve', '--port', '99999'], 'from 0 to 65535'],
  ])('%j ends with 2 in one line', async (argv, message) => {
    const { exitCode, stdout, stderr } = await run(...argv)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^smart-agents: [^\n]+\n$/)
    const asJson = await run(...argv, '--json')
    expect(asJson.exitCode).toBe(2)
    expect(JSON.parse(asJson.stdout).error.code).toBe('invalid_params')
    expect(host.calls).toEqual([])
  })

  it('shows help and version', async () => {
    const help = await run('execute', '--help')
    expect(help).toMatchObject({ exitCode: 0, stderr: '' })
    expect(help.stdout).toContain('--idempotency-key')
    expect(help.stdout).toContain('--data-dir')
    expect(help.stdout).toContain('Examples:')
    expect(await run('--version')).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' })
    const bare = await run()
    expect(bare).toMatchObject({ exitCode: 2, stdout: '' })
    expect(bare.stderr).toContain('Usage: smart-agents')
  })
})
