import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AgentView, AgentWork } from '../../src/shared/model/agent.js'
import { MailId, TaskId } from '../../src/shared/model/ids.js'
import { AppError } from '../../src/shared/rpc/errors.js'
import { agentView } from '../support/agent-view.js'
import { CliRun, cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const now = 1_800_000_000_000
const taskId = TaskId.parse('task_abc123')

let dataDirectory: string
let host: ScriptedHost

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-agents-'))
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

function agent(over: Partial<AgentView> = {}): AgentView {
  return agentView({ created_at: now - 7_200_000, state_since: now - 180_000, ...over })
}

describe('agents', () => {
  const writer = agent({
    state: 'active',
    current_task: taskId,
    queue_size: 3,
    unread_mail: 1200,
    pausing: true,
    usage: { tokens: 12_400, costUsd: 0.004, turns: 9 },
  })
  const editor = agent({
    waiting_for_agent: 'writer',
    usage: { tokens: 5, costUsd: null, turns: 1 },
  })

  it('are shown in a table', async () => {
    host.answer('async.getAgentStates', () => ({ agents: { writer, editor }, seq: 1 }))
    expect((await run('agents')).stdout.split('\n')).toEqual(
      [
        'Agents of session default (2):',
        '  NAME    STATE                       TASK         QUEUE   MAIL  TOKENS     COST',
        "  editor  idle, waits for writer's answer  -               0      0       5  unknown",
        '  writer  active, pausing             task_abc123      3  1,200  12,400   <$0.01',
        '',
      ].map((line) => expect.stringMatching(looseSpaces(line))),
    )
    expect(lastParams()).toEqual({ sessionId: 'default' })
    expect(await run('agents', 'list')).toEqual(await run('agents'))
    const json = await run('agents', '--session', 'night', '--json')
    expect(JSON.parse(json.stdout)).toEqual({ sessionId: 'night', agents: { writer, editor } })
    expect(lastParams()).toEqual({ sessionId: 'night' })
  })

  it('says how to make the first one', async () => {
    host.answer('async.getAgentStates', () => {
      throw new AppError('not_found', 'there is no session "default"')
    })
    expect(await run('agents')).toEqual({
      exitCode: 0,
      stdout:
        'There are no agents in session default. Create one: smart-agents agents create writer\n',
      stderr: '',
    })
    // Who names a session means one that there is.
    const named = await run('agents', '--session', 'default')
    expect(named).toMatchObject({
      exitCode: 3,
      stderr: 'smart-agents: there is no session "default"\n',
    })
    host.answer('async.getAgentStates', () => ({ agents: {}, seq: 1 }))
    const quoted = await run('agents', '--session', "it's")
    expect(quoted.stdout).toContain("agents create writer --session 'it'\\''s'\n")
  })

  it('are listed for every session', async () => {
    const sessions = ['night', 'gone'].map((sessionId) => ({
      sessionId,
      agents: 1,
      createdAt: now,
    }))
    host.answer('async.listSessions', () => ({ sessions, seq: 1 }))
    host.answer('async.getAgentStates', ({ sessionId }) => {
      if (sessionId === 'gone') throw new AppError('not_found', 'gone')
      return { agents: { editor }, seq: 1 }
    })
    const { stdout } = await run('agents', '--session', 'all')
    expect(stdout).toMatch(
      /^Agents of session night \(1\):\n.*\n {2}editor .*\nThere are no agents in session gone\./,
    )
    expect(JSON.parse((await run('agents', '--session', 'all', '--json')).stdout).sessions).toEqual(
      [
        { sessionId: 'night', createdAt: now, agents: { editor } },
        { sessionId: 'gone', createdAt: now, agents: {} },
      ],
    )
    host.answer('async.listSessions', () => ({ sessions: [], seq: 1 }))
    expect((await run('agents', '--session', 'all')).stdout).toMatch(/^There are no sessions yet\./)
  })

  it('keep control characters off a terminal, and one row each', async () => {
    const evil = agent({ state: 'sleeping', wake_events: ['\x1b[2J\nwriter idle', 'x'.repeat(90)] })
    host.answer('async.getAgentStates', () => ({ agents: { evil }, seq: 1 }))
    const options = { dataDirectory, terminal: 80, env: { NO_COLOR: '1' } }
    const { stdout } = await cli(['agents'], options)
    expect(stdout).not.toContain('\x1b')
    const rows = stdout.trimEnd().split('\n')
    expect(rows).toHaveLength(3)
    expect(rows[2]).toMatch(/^ {2}evil {2}sleeping until writer idle or x+… {2}-/)
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThan(80)
  })
})

/** Column widths are the business of the unit tests. */
function looseSpaces(line: string): RegExp {
  const escaped = line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/ +/g, ' +')}$`)
}

describe('agents create', () => {
  it('sends what was given and nothing else', async () => {
    host.answer('async.createAgent', ({ agentId }) => ({ agentId, state: 'idle' }))
    const plain = await run('agents', 'create', 'writer')
    expect(plain).toEqual({
      exitCode: 0,
      stdout: 'Agent created: writer (idle)\n',
      stderr: 'Give it work: smart-agents agents send writer "what is to be done"\n',
    })
    expect(lastParams()).toEqual({
      sessionId: 'default',
      agentId: 'writer',
      autoStart: true,
      config: { workspace: dataDirectory },
    })
    await writeFile(path.join(dataDirectory, 'write.md'), 'Write – plainly.\n')
    const given =
      'agents --session s create writer --definition d --model m --tools a,b --tools c --workspace docs --instructions @write.md --subscribe x --subscribe y --timezone Europe/Berlin --max-turns 5 --max-tokens 1000 --max-cost 0.5 --max-memory 1 --timeout 60 --max-queue 0 --max-inbox 9 --context 0 --no-start --json'
    const full = await run(...given.split(' '), '--wake', '0 9 * * *@morning', '--wake', '@daily')
    expect(JSON.parse(full.stdout)).toEqual({ agentId: 'writer', state: 'idle' })
    expect(lastParams()).toEqual({
      sessionId: 's',
      agentId: 'writer',
      autoStart: false,
      config: {
        definition: 'd',
        model: 'm',
        tools: ['a', 'b', 'c'],
        workspace: path.join(dataDirectory, 'docs'),
        instructions: 'Write – plainly.',
        subscriptions: ['x', 'y'],
        wake: [
          { cron: '0 9 * * *', event: 'morning', timezone: 'Europe/Berlin' },
          { cron: '@daily', timezone: 'Europe/Berlin' },
        ],
        limits: {
          maxTurns: 5,
          maxQueue: 0,
          maxInbox: 9,
          contextCharacters: 0,
          timeoutSeconds: 60,
          memoryBytes: 1_048_576,
          tokens: 1000,
          costUsd: 0.5,
        },
      },
    })
  })

  it('fails with 1 for a name that is taken, and says how to start one', async () => {
    host.answer('async.createAgent', ({ agentId }) => ({ agentId, state: 'idle' }))
    const { stderr } = await run('agents', 'create', 'writer', '--no-start', '--session', 's')
    expect(stderr).toBe('Start it: smart-agents agents start writer --session s\n')
    host.answer('async.createAgent', () => {
      throw new AppError('conflict', 'there is an agent "writer" already')
    })
    expect((await run('agents', 'create', 'writer')).exitCode).toBe(1)
  })
})

describe('agents start, stop, pause, resume, delete', () => {
  it.each([
    ['start', 'idle', 'Agent started: writer (idle)'],
    ['stop', 'stopped', 'Agent stopped: writer'],
    ['pause', 'paused', 'Agent paused: writer'],
    ['pause', 'active', 'Agent pausing: writer, at the end of the step that runs'],
    ['resume', 'active', 'Agent resumed: writer (active)'],
  ] as const)('%s answered with %s', async (move, state, text) => {
    host.answer(`async.${move}Agent`, ({ agentId }) => ({ agentId, state }))
    expect(await run('agents', move, 'writer', '--session', 's')).toEqual({
      exitCode: 0,
      stdout: `${text}\n`,
      stderr: '',
    })
    expect(lastParams()).toEqual({ sessionId: 's', agentId: 'writer' })
    const json = await run('agents', move, 'writer', '--json')
    expect(JSON.parse(json.stdout)).toEqual({ agentId: 'writer', state })
  })

  it('deletes one, and ends with 3 for one that there is not', async () => {
    host.answer('async.deleteAgent', ({ agentId }) => ({ agentId }))
    expect((await run('agents', 'delete', 'writer')).stdout).toBe('Agent deleted: writer\n')
    host.answer('async.startAgent', () => {
      throw new AppError('not_found', 'session "default" has no agent "writer"')
    })
    expect(await run('agents', 'start', 'writer')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'smart-agents: session "default" has no agent "writer"\n',
    })
  })
})

describe('agents sleep and wake', () => {
  it('says until when it sleeps', async () => {
    host.answer('async.sleepAgent', ({ agentId }) => ({ agentId, state: 'sleeping' }))
    const { stdout, stderr } = await run(
      ...'agents sleep writer --for 1h30m --until-event a --until-event b --until-mail high'.split(
        ' ',
      ),
    )
    expect(stdout).toMatch(
      /^Agent sleeps: writer until 2027-\S+ \S+ \(in 1h 30m\), a, b or mail that is high or more urgent\n$/,
    )
    expect(stderr).toBe('')
    expect(lastParams()).toEqual({
      sessionId: 'default',
      agentId: 'writer',
      durationSeconds: 5400,
      wakeEvents: ['a', 'b'],
      wakeOnMail: 'high',
    })
    const endless = await run('agents', 'sleep', 'writer', '--session', 's')
    expect(endless.stdout).toBe('Agent sleeps: writer until it is woken\n')
    expect(endless.stderr).toBe('Wake it: smart-agents agents wake writer --session s\n')
    expect(lastParams()).toEqual({ sessionId: 's', agentId: 'writer' })
  })

  it('says that it ends its task first', async () => {
    host.answer('async.sleepAgent', ({ agentId }) => ({ agentId, state: 'active' }))
    expect((await run('agents', 'sleep', 'writer', '--for', '90')).stdout).toBe(
      'Agent will sleep: writer, after the task in hand until 1m 30s have passed\n',
    )
  })

  it('wakes it', async () => {
    host.answer('async.wakeAgent', ({ agentId }) => ({ agentId, state: 'idle' }))
    const { stdout } = await run('agents', 'wake', 'writer', '--reason', 'it is time')
    expect(stdout).toBe('Agent woken: writer (idle)\n')
    expect(lastParams()).toMatchObject({ reason: 'it is time' })
  })
})

describe('agents send', () => {
  const metrics = { duration: 1, tokensUsed: 0, agentsInvolved: [] }
  const result = { success: true, output: 'done', metrics }

  it('prints the id, or waits and ends as result does', async () => {
    host.answer('async.sendTask', () => ({ taskId }))
    expect(await run('agents', 'send', 'writer', 'write')).toEqual({
      exitCode: 0,
      stdout: 'Task started: task_abc123\n',
      stderr: 'Wait for it: smart-agents result task_abc123 --wait\n',
    })
    expect(JSON.parse((await run('agents', 'send', 'writer', 'write', '--json')).stdout)).toEqual({
      taskId,
    })
    host.answer('task.result', () => result)
    const waited = await run('agents', 'send', 'writer', 'write', '--wait')
    expect(waited).toEqual({ exitCode: 0, stdout: 'Task completed ✅\ndone\n', stderr: '' })
    const error = { code: 'timeout' as const, message: 'slow' }
    host.answer('task.result', () => ({ ...result, success: false, output: null, error }))
    const failed = await run('agents', 'send', 'writer', 'write', '--wait', '--json')
    expect(failed.exitCode).toBe(1)
    expect(JSON.parse(failed.stdout)).toMatchObject({ taskId, success: false, error })
  })

  it('reads standard input, and stops waiting on Ctrl+C', async () => {
    host.answer('async.sendTask', () => ({ taskId }))
    await cli(['agents', 'send', 'writer', '-'], { dataDirectory, input: 'line 1\nline 2\n' })
    expect(lastParams()).toMatchObject({ prompt: 'line 1\nline 2' })
    host.answer('task.result', () => new Promise(() => undefined))
    const waiting = new CliRun(['agents', 'send', 'writer', 'x', '--wait'], { dataDirectory })
    while (host.calls.at(-1)?.method !== 'task.result') {
      await new Promise((resolve) => setImmediate(resolve))
    }
    waiting.interrupt()
    expect(await waiting.exit).toBe(130)
    expect(waiting.stderr).toContain('the task goes on')
  })
})

describe('agents show, log and broadcast', () => {
  it('shows everything there is to know', async () => {
    const view = agent({
      state: 'sleeping',
      wake_events: ['tests_passed'],
      wake_on_mail: 'urgent',
      definition: 'technical-writer',
      tools: [],
      limits: { maxTurns: 50, costUsd: 0.5 },
      subscriptions: ['deploy'],
      wake: [{ cron: '0 9 * * *', timezone: 'UTC', event: 'morning', next_at: now + 60_000 }],
      tasks: { completed: 1200, failed: 1, cancelled: 0 },
      usage: { tokens: 12_400, costUsd: 1.5, turns: 1 },
      reason: 'asked\nto',
    })
    const work: AgentWork[] = ['queued', 'ended', 'ended'].map((state, index) => ({
      taskId: TaskId.parse(`task_${index}`),
      kind: index === 1 ? 'mail' : 'task',
      mailId: index === 1 ? MailId.parse('mail_1') : null,
      state: state as AgentWork['state'],
      description: 'Describe\nit',
      createdAt: now - 60_000,
      taskState: state === 'queued' ? 'pending' : 'failed',
      endedAt: state === 'queued' ? null : now - 50_000,
    }))
    host.answer('async.getAgentStates', () => ({ agents: { writer: view }, seq: 1 }))
    host.answer('async.agentWork', () => ({ work, nextCursor: null }))
    host.answer('task.status', ({ taskId: id }) => {
      if (id === 'task_2') throw new AppError('not_found', 'no longer kept')
      return { id, state: 'failed', progress: 3, error: { code: 'timeout', message: 'slow' } }
    })
    const { stdout } = await run('agents', 'show', 'writer')
    expect(stdout.replace(/2027-\S+ \S+/g, 'THEN').split('\n')).toEqual([
      'Agent: writer (session default)',
      'State: sleeping until tests_passed or urgent mail, since THEN (3m ago): asked to',
      'Queue: 0 waiting',
      'Mail: 0 not handled',
      'Definition: technical-writer',
      'Tools: none',
      'Limits: maxTurns=50, costUsd=0.5',
      'Subscribed to: deploy',
      'Tasks: 1,200 completed, 1 failed, 0 cancelled',
      'Used: 12,400 tokens, $1.50, 1 answer of the model',
      'Created: THEN (2h ago)',
      'Clocks:',
      '  - 0 9 * * * UTC, event morning, next THEN (in 1m)',
      'Last work:',
      '  - task_0: Describe it (queued, 1m ago)',
      '  - task_1: Describe it (mail_1, failed: timeout, 1m ago)',
      '  - task_2: Describe it (ended, 1m ago)',
      '',
    ])
    const json = JSON.parse((await run('agents', 'show', 'writer', '--json')).stdout)
    expect(json).toEqual({ sessionId: 'default', agentId: 'writer', agent: view, work })
  })

  it('names those that there are', async () => {
    host.answer('async.getAgentStates', () => ({ agents: { writer: agent() }, seq: 1 }))
    expect(await run('agents', 'show', 'wirter')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        'smart-agents: there is no agent "wirter" in session "default"; its agents: writer (Did you mean writer?)\n',
    })
    expect((await run('agents', 'show', 'constructor')).exitCode).toBe(3)
  })

  it('prints the debug log', async () => {
    host.answer('async.agentLog', () => ({ lines: ['one', '\x1b[2Jtwo'] }))
    expect((await run('agents', 'log', 'writer', '--lines', '2')).stdout).toBe('one\n\x1b[2Jtwo\n')
    expect(lastParams()).toMatchObject({ lines: 2 })
    const seen = await cli(['agents', 'log', 'writer'], { dataDirectory, terminal: 80 })
    expect(seen.stdout).toBe('one\ntwo\n')
    const json = await run('agents', 'log', 'writer', '--json')
    expect(JSON.parse(json.stdout)).toEqual({ lines: ['one', '\x1b[2Jtwo'] })
  })

  it('lists the definitions, and what is wrong with files beside them', async () => {
    const path = '/work/.claude/agents/bad.md'
    host.answer('agent.definitions', () => ({
      definitions: [
        {
          name: 'writer',
          description: 'Writes.',
          tools: null,
          model: null,
          source: 'builtin',
          path: '/x',
        },
      ],
      problems: [{ path, line: 3, message: 'tools: there is no tool "x"', severity: 'error' }],
    }))
    const { stdout, stderr, exitCode } = await run('agents', 'definitions', '--workspace', '/work')
    expect(stdout).toBe('writer (built in)\n  Writes.\n')
    expect(stderr).toBe(`error: ${path}:3: tools: there is no tool "x"\n`)
    expect(exitCode).toBe(0)
    expect(lastParams()).toEqual({ workspace: '/work' })
  })

  it('suggests who is to do it', async () => {
    const reason = 'It is tests: test.'
    host.answer('agent.select', () => ({
      ...{ agent: 'test-engineer', reason },
      candidates: [
        { agent: 'test-engineer', score: 2, reason },
        { agent: 'reviewer', score: 1, reason: 'It is a review: review.' },
      ],
    }))
    const { stdout } = await run('agents', 'suggest', 'test it', '--workspace', '/work')
    expect(stdout).toBe(
      'test-engineer: It is tests: test.\n  or reviewer: It is a review: review.\n',
    )
    expect(lastParams()).toEqual({ description: 'test it', workspace: '/work' })
  })

  it('tells who heard of an event', async () => {
    host.answer('async.broadcastEvent', () => ({ woken: ['a', 'b'], delivered: ['c'], missed: [] }))
    const { stdout } = await run('agents', 'broadcast', 'done', '--data', '{"x": [1]}')
    expect(stdout).toBe('Event done: woke a, b; handed to c\n')
    expect(lastParams()).toEqual({ sessionId: 'default', event: 'done', data: { x: [1] } })
    host.answer('async.broadcastEvent', () => ({ woken: [], delivered: [], missed: [] }))
    expect((await run('agents', 'broadcast', 'done')).stdout).toBe(
      'Event done: no agent waits for it or has subscribed to it\n',
    )
    expect(lastParams()).toEqual({ sessionId: 'default', event: 'done' })
  })
})

describe('bad usage of agents', () => {
  it.each([
    [['agents', 'list', '--foo'], "unknown option '--foo'"],
    [['agents', 'strat', 'writer'], "unknown command 'strat' (Did you mean start?)"],
    [['agents', 'start'], "missing required argument 'name'"],
    [['agents', 'start', 'user'], '"user" is not the name of an agent: it must not be "user"'],
    [['agents', 'start', 'a b'], '"a b" is not the name of an agent: it must be 1 to 64 letters'],
    [['agents', 'start', 'writer', '--session', 'all'], 'name one session here'],
    [['agents', 'start', 'writer', '--session', ''], 'the name of a session must not be empty'],
    [['agents', 'create', 'a', '--timezone', 'UTC'], '--timezone is that of --wake'],
    [['agents', 'create', 'a', '--wake', '0 9 * * *@'], 'It must be CRON or CRON@EVENT'],
    [
      ['agents', 'create', 'a', '--instructions', '@missing.md'],
      'missing.md cannot be read: ENOENT',
    ],
    [['agents', 'create', 'a', '--instructions', '@'], 'the name of a file'],
    [['agents', 'create', 'a', '--tools', 'a,,b'], 'names divided by commas'],
    [['agents', 'create', 'a', '--max-turns', '0'], 'a whole number from 1 to 1000'],
    [['agents', 'create', 'a', '--max-cost', '0'], 'a number above 0'],
    [['agents', 'create', 'a', '--instructon', 'x'], 'Did you mean --instructions?'],
    [['agents', 'sleep', 'a', '--for', '31d'], 'such as 90s, 15m or 2h, of at most 30 days'],
    [
      ['agents', 'sleep', 'a', '--until-mail', 'hi'],
      'Allowed choices are low, normal, high, urgent',
    ],
    [['agents', 'send', 'a', ' '], 'the prompt is empty'],
    [['agents', 'log', 'a', '--lines', '0'], 'a whole number from 1 to 10000'],
    [['agents', 'broadcast', 'e', '--data', '{x}'], 'It must be JSON'],
  ])('%j ends with 2 in one line', async (argv, message) => {
    const { exitCode, stdout, stderr } = await run(...argv)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^smart-agents: [^\n]+\n$/)
    const asJson = await run(...argv, '--json')
    expect(JSON.parse(asJson.stdout).error.code).toBe('invalid_params')
    expect(host.calls).toEqual([])
  })

  it('explains commands with examples', async () => {
    const help = await run('agents', 'create', '--help')
    expect(help.stdout).toContain('--max-cost')
    expect(help.stdout).toContain('--session')
    expect(help.stdout).toContain('Examples:')
    expect((await run('agents', '--help')).stdout).toContain('broadcast')
  })
})
