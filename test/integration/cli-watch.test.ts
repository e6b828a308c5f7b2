import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TaskId } from '../../src/shared/model/ids.js'
import { DEFAULT_LIMITS, type QueueState } from '../../src/shared/model/queue.js'
import type { TaskView } from '../../src/shared/model/task.js'
import { CliRun } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const taskId = TaskId.parse('task_abc123')
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l'
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l'

function task(over: Partial<TaskView> = {}): TaskView {
  return {
    id: taskId,
    type: 'analysis',
    description: 'Analyzing auth system',
    agentType: 'analyst',
    workspace: '/work',
    priority: 5,
    state: 'running',
    progress: 10,
    steps: [],
    attempt: 1,
    maxAttempts: 1,
    createdAt: 1_799_999_000_000,
    startedAt: 1_799_999_990_000,
    ...over,
  }
}

const queue: QueueState = {
  paused: false,
  draining: false,
  running: [taskId],
  runningCount: 1,
  pendingCount: 0,
  machine: { cpu: 12, memory: 34 },
  heldBackBy: [],
  limits: DEFAULT_LIMITS,
}

let dataDirectory: string
let host: ScriptedHost
let tasks: TaskView[]

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-watch-'))
  host = await ScriptedHost.start(dataDirectory)
  tasks = [task()]
  host.answer('queue.state', () => queue)
  host.answer('task.list', ({ state }) => ({
    tasks: tasks.filter((one) => one.state === state),
    nextCursor: null,
    seq: 7,
  }))
})

afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

function watch(columns = 80, rows = 24): CliRun {
  return new CliRun(['watch'], { dataDirectory, terminal: columns, rows, env: { NO_COLOR: '1' } })
}

function progress(percent: number, step: string): void {
  host.emit('task.progress', {
    taskId,
    timestamp: 1,
    step,
    progress: percent,
    message: step,
    steps: [],
  })
}

describe('watch on a terminal', () => {
  it('draws the box, follows events from the lists on, and writes only what changes', async () => {
    const watching = watch()
    await watching.shows(/1 running, 0 waiting · CPU 12 of 70 % · memory 34 of 85 %/)
    expect(watching.stdout.startsWith(ENTER)).toBe(true)
    expect(watching.stdout).toContain('SMART-AGENTS BACKGROUND TASKS')
    expect(watching.stdout).toMatch(/⏳ task_abc123 \| Analyzing auth system +\[█░░░░\] 10%/)
    expect(watching.rawMode).toBe(true)
    const [subscription] = host.calls.filter((call) => call.method === 'events.subscribe')
    expect(subscription?.params).toMatchObject({ sinceSeq: 7 })
    expect(JSON.stringify(subscription?.params)).not.toContain('task.output')

    // Events up to the list's `seq` are part of it already.
    for (let seq = 1; seq <= 7; seq++) host.emit('system.machine', { cpu: 12, memory: 34 })
    const before = watching.stdout.length
    progress(65, 'Reading \x1b[2Jdependencies')
    await watching.shows(/\[████░\] 65%/)
    await watching.shows(/└─ Current: Reading dependencies/)
    const written = watching.stdout.slice(before)
    expect(written).not.toContain('SMART-AGENTS')
    expect(written).not.toContain('\x1b[2J')

    watching.interrupt()
    expect(await watching.exit).toBe(0)
    expect(watching.stdout.endsWith(LEAVE)).toBe(true)
    expect(watching.rawMode).toBe(false)
  })

  it('draws everything anew when the window gets another size', async () => {
    const watching = watch()
    await watching.shows(/1 running/)
    const before = watching.stdout.length
    watching.resize(40, 12)
    const redrawn = watching.stdout.slice(before)
    expect(redrawn).toContain(`╔${'═'.repeat(38)}\x1b[K\x1b[40G╗`)
    expect(redrawn).toContain('\x1b[J')
    expect(redrawn).not.toContain('💬')
    watching.type('q')
    expect(await watching.exit).toBe(0)
  })

  it('asks again for the reasons of waiting when the queue changes', async () => {
    const watching = watch()
    await watching.shows(/1 running, 0 waiting/)
    const waitingFor = { reason: 'limit' as const, detail: '5 of 5 tasks are running.', since: 1 }
    tasks = [task({ id: TaskId.parse('task_w1'), state: 'pending', waitingFor })]
    const held: QueueState = { ...queue, heldBackBy: ['limit'] }
    host.answer('queue.state', () => held)
    host.emit('queue.changed', held)
    await watching.shows(/held back by limit/)
    await watching.shows(/└─ Waiting for: limit \(5 of 5 tasks are running\)/)
    watching.terminate()
    expect(await watching.exit).toBe(0)
    expect(watching.stdout.endsWith(LEAVE)).toBe(true)
  })

  it('says that the connection is lost, and goes on with the next host', async () => {
    const watching = watch()
    await watching.shows(/1 running/)
    tasks = [task({ progress: 40 })]
    const asked = new Promise<() => void>((resolve) => {
      host.answer('queue.state', async () => {
        await new Promise<void>((goOn) => resolve(goOn))
        return queue
      })
    })
    host.dropClients()
    await watching.shows(/The connection to the host is lost/)
    const goOn = await asked
    goOn()
    await watching.shows(/40%/)
    await watching.shows(/is lost[\s\S]*1 running, 0 waiting/)
    expect(host.connections).toBe(2)
    watching.type('\x03')
    expect(await watching.exit).toBe(0)
  })

  it('gives the terminal back when it cannot go on', async () => {
    host.answer('queue.state', () => {
      throw new Error('broken')
    })
    const watching = watch()
    expect(await watching.exit).toBe(1)
    expect(watching.stdout.endsWith(LEAVE)).toBe(true)
    expect(watching.stderr).toContain('broken')
    expect(watching.rawMode).toBe(false)
  })
})
