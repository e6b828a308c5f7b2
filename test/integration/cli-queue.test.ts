import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ScheduleId, TaskId } from '../../src/shared/model/ids.js'
import { DEFAULT_LIMITS, type QueueState, type QueueStats } from '../../src/shared/model/queue.js'
import type { ScheduleView } from '../../src/shared/model/schedule.js'
import type { StatsOverview } from '../../src/shared/model/stats.js'
import type { TaskView, WaitingFor } from '../../src/shared/model/task.js'
import { AppError } from '../../src/shared/rpc/errors.js'
import { CliRun, cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const now = 1_800_000_000_000
const scheduleId = ScheduleId.parse('sched_x1')

let dataDirectory: string
let host: ScriptedHost

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-queue-'))
  host = await ScriptedHost.start(dataDirectory)
})

afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

function run(...argv: string[]) {
  return cli(argv, { dataDirectory })
}

describe('drain', () => {
  const idle: QueueState = {
    paused: false,
    draining: true,
    running: [],
    runningCount: 0,
    pendingCount: 0,
    machine: { cpu: 1, memory: 2 },
    heldBackBy: [],
    limits: DEFAULT_LIMITS,
  }
  let state: QueueState
  let waiting: TaskView[]

  function waits(id: string, waitingFor: Omit<WaitingFor, 'since' | 'detail'>): TaskView {
    return {
      id: TaskId.parse(id),
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
      createdAt: now,
      waitingFor: { ...waitingFor, detail: 'why', since: now },
    }
  }

  beforeEach(() => {
    state = idle
    waiting = []
    host.answer('queue.drain', () => state)
    host.answer('queue.state', () => state)
    host.answer('task.list', () => ({ tasks: waiting, nextCursor: null, seq: 1 }))
  })

  function asked(method: string): number {
    return host.calls.filter((call) => call.method === method).length
  }

  async function untilAsked(method: string, times: number): Promise<void> {
    while (asked(method) < times) await new Promise((resolve) => setImmediate(resolve))
  }

  it('says what is still to be done, and does not wait for it', async () => {
    state = { ...idle, runningCount: 2, pendingCount: 3 }
    expect(await run('drain')).toEqual({
      exitCode: 0,
      stdout: 'Draining: no new tasks are taken (2 running, 3 waiting).\n',
      stderr: '',
    })
    expect(JSON.parse((await run('drain', '--json')).stdout)).toEqual(state)
  })

  it('waits for what runs and for what can still run, looking only when something happens', async () => {
    state = { ...idle, runningCount: 1, pendingCount: 3 }
    waiting = [
      waits('task_1', { reason: 'limit' }),
      // What waits for tomorrow holds up nobody, nor does what depends on it.
      waits('task_3', { reason: 'dependency', blockedBy: ['task_2'] }),
      waits('task_2', { reason: 'schedule' }),
    ]
    const draining = new CliRun(['drain', '--wait'], { dataDirectory })
    await untilAsked('queue.state', 1)
    state = { ...idle, pendingCount: 3 }
    host.emit('queue.changed', state)
    await untilAsked('task.list', 1)
    expect(asked('queue.state')).toBe(2)
    waiting = waiting.slice(1)
    state = { ...idle, pendingCount: 2 }
    host.emit('task.started', { taskId: TaskId.parse('task_1'), attempt: 1 })
    expect(await draining.exit).toBe(0)
    expect(draining.stdout).toBe(
      'Drained: nothing runs any more. 2 wait for a time that is still to come.\n',
    )
  })

  it('believes no answer that something came in between', async () => {
    let asks = 0
    host.answer('task.list', () => {
      if (++asks === 1) {
        state = { ...idle, runningCount: 1 }
        host.emit('task.started', { taskId: TaskId.parse('task_1'), attempt: 1 })
      }
      return { tasks: [], nextCursor: null, seq: 1 }
    })
    const draining = new CliRun(['drain', '--wait', '--json'], { dataDirectory })
    await untilAsked('queue.state', 2)
    expect(draining.stdout).toBe('')
    state = idle
    host.emit('queue.changed', idle)
    expect(await draining.exit).toBe(0)
    expect(JSON.parse(draining.stdout)).toEqual(idle)
  })

  it('ends when somebody resumes the queue, and stops waiting on Ctrl+C', async () => {
    state = { ...idle, runningCount: 1 }
    const first = new CliRun(['drain', '--wait'], { dataDirectory })
    await untilAsked('queue.state', 1)
    state = { ...state, draining: false }
    host.emit('queue.changed', state)
    expect(await first.exit).toBe(1)
    expect(first.stderr).toContain('somebody resumed it')

    state = { ...idle, runningCount: 1 }
    const second = new CliRun(['drain', '--wait'], { dataDirectory })
    await untilAsked('queue.state', 3)
    second.interrupt()
    expect(await second.exit).toBe(130)
    expect(second.stderr).toContain('the queue goes on draining')
  })
})

describe('stats', () => {
  const spent = { turns: 4, tokens: 900, costUsd: 1.5, unpricedTokens: 400 }
  const overview: StatsOverview = {
    from: Date.UTC(2027, 0, 8, 16),
    to: Date.UTC(2027, 0, 10, 4),
    timezone: 'Asia/Taipei',
    bucket: 'day',
    buckets: [
      {
        ...{ at: Date.UTC(2027, 0, 8, 16), completed: 3, failed: 1, cancelled: 0, serial: 180 },
        ...{ busy: 120, mostRunning: 2, peakCpu: 50, peakMemory: 40, ...spent },
      },
      {
        ...{ at: Date.UTC(2027, 0, 9, 16), completed: 0, failed: 0, cancelled: 0, serial: 0 },
        ...{ busy: 0, mostRunning: 0, peakCpu: null, peakMemory: null },
        ...{ turns: 0, tokens: 0, costUsd: 0, unpricedTokens: 0 },
      },
    ],
    ended: { completed: 3, failed: 1, cancelled: 0, successRate: 0.75, perHour: 90 },
    time: { serial: 180, busy: 120, saved: 60, parallelism: 1.5, mostRunning: 2 },
    failures: [{ cause: 'timeout', count: 1 }],
    tries: { retries: 1, corrections: 2, mended: 1 },
    waits: { meanToStart: 3, byReason: [{ reason: 'limit', waits: 2, seconds: 300 }] },
    byType: [{ type: 'build', completed: 3, failed: 1, cancelled: 0, runningTime: 180 }],
    cost: {
      ...spent,
      byAgent: [
        { agent: '', ...spent, unpricedTokens: 0 },
        { agent: 'tester', turns: 1, tokens: 400, costUsd: 0, unpricedTokens: 400 },
      ],
      unpricedModels: [{ model: 'my-model', tokens: 400 }],
    },
  }
  const figures: QueueStats = {
    since: Date.UTC(2027, 0, 9),
    until: Date.UTC(2027, 0, 16),
    completed: 1200,
    failed: 2,
    cancelled: 1,
    throughputPerHour: 8.44,
    runningTime: { serial: 7800, busy: 3900, saved: 3900 },
    meanWait: 0.44,
    failures: [{ cause: 'command_failed', count: 2 }],
    byType: [{ type: 'build', completed: 1200, failed: 2, cancelled: 1, runningTime: 7800 }],
    usage: { tokens: 120_000, costUsd: 1.2345, unpricedTokens: 4000 },
    peak: { cpu: 93.4, memory: 71, taskMemoryBytes: 512 * 1024 * 1024, taskCpuPercent: 180 },
  }

  it('shows figures in words, and as they are', async () => {
    host.answer('queue.stats', () => figures)
    expect((await run('stats', '--days', '7')).stdout.split('\n')).toEqual([
      'Tasks that ended from 2027-01-09 to 2027-01-15 (UTC)',
      'Ended:       1,200 completed, 2 failed, 1 cancelled',
      'Throughput:  8.4 completed per hour in which tasks ran',
      'Time saved:  1h 5m: done in 1h 5m instead of 2h 10m one after another',
      'Mean wait:   0.4s from submission to start',
      'Causes:      command_failed 2',
      'Peaks:       machine CPU 93 %, machine memory 71 %, one task 512 MB, one task CPU 180 %',
      'Model:       120,000 tokens, $1.23, 4,000 of them without a known price',
      'By type:',
      '  - build  1,200 completed, 2 failed, 1 cancelled (2h 10m in all)',
      '',
    ])
    expect(host.calls.at(-1)?.params).toEqual({ days: 7 })
    expect(JSON.parse((await run('stats', '--json')).stdout)).toEqual(figures)
    const runningTime = { serial: 180, busy: 120, saved: 60 }
    host.answer('queue.stats', () => ({ ...figures, completed: 10, runningTime }))
    expect((await run('stats')).stdout).toContain(
      'Throughput:  10 completed in 2m in which tasks ran',
    )
    expect(host.calls.at(-1)?.params).toEqual({})
  })

  it('shows an overview by hour or day, in a time zone', async () => {
    host.answer('stats.overview', () => overview)
    const { stdout } = await run('stats', '--overview', '--days', '2', '--timezone', 'Asia/Taipei')
    expect(stdout.split('\n')).toEqual([
      'From 2027-01-09 00:00 to 2027-01-10 12:00 (Asia/Taipei)',
      'Ended:       3 completed, 1 failed, 0 cancelled',
      'Success:     75.0 %',
      'Time saved:  1m: done in 2m instead of 3m one after another',
      'At once:     1.5 on average, 2 at most',
      'Causes:      timeout 1',
      'Again:       1 retries, 2 corrections (1 mended)',
      'Waits:       limit 5m',
      'Cost:        $1.50, 900 tokens',
      'Not priced:  my-model 400 tokens',
      'By agent:    chat $1.50, tester $0.00',
      '  2027-01-09 00:00  3 completed, 1 failed, 0 cancelled, $1.50',
      '',
    ])
    expect(host.calls.at(-1)?.params).toEqual({ days: 2, timezone: 'Asia/Taipei' })
    const json = await run('stats', '--overview', '--json')
    expect(JSON.parse(json.stdout)).toEqual(overview)
  })

  it('says when there is nothing to count', async () => {
    const nothing = { ...figures, completed: 0, failed: 0, cancelled: 0, byType: [], failures: [] }
    host.answer('queue.stats', () => nothing)
    expect((await run('stats')).stdout).toMatch(/\nThere are none\.\n$/)
  })
})

describe('schedules', () => {
  const schedule: ScheduleView = {
    scheduleId,
    cron: '0 9 * * *',
    timezone: 'Europe/Berlin',
    misfire: { policy: 'run_once', maxAgeMs: 86_400_000 },
    description: 'Nightly\ntests',
    type: 'command',
    paused: false,
    taskId: TaskId.parse('task_n1'),
    state: 'pending',
    nextRunAt: now + 7_500_000,
    lastRun: {
      taskId: TaskId.parse('task_l1'),
      state: 'completed',
      startedAt: now - 200_000,
      completedAt: now - 190_000,
      missed: undefined,
    },
    runs: 12,
    createdAt: now - 1_000_000,
  }

  it('lists them, with what is next and what was last', async () => {
    host.answer('schedule.list', () => ({ schedules: [schedule], seq: 1 }))
    const { stdout } = await run('schedules')
    expect(stdout.split('\n').map((line) => line.replace(/2027-\S+ \S+/, 'THEN'))).toEqual([
      'Schedules (1):',
      '  - sched_x1: Nightly tests',
      '      0 9 * * * Europe/Berlin, command, missed times: run_once',
      '      Next run: THEN (in 2h 5m)',
      '      Last run: task_l1 completed 3m ago (12 runs so far)',
      '',
    ])
    expect((await run('schedules', 'list')).stdout).toBe(stdout)
    const json = JSON.parse((await run('schedules', '--json')).stdout)
    expect(json).toEqual({ schedules: [schedule] })
    host.answer('schedule.list', () => ({ schedules: [], seq: 1 }))
    expect((await run('schedules')).stdout).toMatch(/^There are no schedules\. Make one: /)
  })

  it('pauses, resumes, runs and deletes one', async () => {
    const paused = { ...schedule, paused: true, taskId: null, state: null, nextRunAt: null }
    host.answer('schedule.pause', () => ({ schedule: paused }))
    host.answer('schedule.resume', () => ({ schedule }))
    host.answer('schedule.run', () => ({ taskId: TaskId.parse('task_r1'), schedule }))
    host.answer('schedule.delete', () => ({ scheduleId }))
    expect((await run('schedules', 'pause', 'sched_x1')).stdout).toBe('Schedule paused: sched_x1\n')
    expect((await run('schedules', 'resume', 'sched_x1')).stdout).toMatch(
      /^Schedule resumed: sched_x1, next run \S+ \S+ \(in 2h 5m\)\n$/,
    )
    expect((await run('schedules', 'run', 'sched_x1')).stdout).toBe('Task started: task_r1\n')
    expect((await run('schedules', 'delete', 'sched_x1')).stdout).toBe(
      'Schedule deleted: sched_x1\n',
    )
    expect(host.calls.map((call) => call.params)).toEqual(Array(4).fill({ scheduleId }))
    const json = await run('schedules', 'pause', 'sched_x1', '--json')
    expect(JSON.parse(json.stdout)).toEqual({ schedule: paused })
  })

  it('ends with 3 for one that there is not', async () => {
    host.answer('schedule.delete', () => {
      throw new AppError('not_found', 'there is no schedule sched_x1')
    })
    expect((await run('schedules', 'delete', 'sched_x1')).exitCode).toBe(3)
  })
})
