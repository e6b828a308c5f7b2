import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHost } from '../../src/main/cli/host/start-host.js'
import { cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.js')

let dataDirectory: string
let children: ChildProcess[]

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-host-'))
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await endHost('SIGTERM')
  await rm(dataDirectory, { recursive: true })
})

/** The built command line in a process of its own. */
function start(...argv: string[]) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('ANTHROPIC_'))
  const env = { ...Object.fromEntries(inherited), SMART_AGENTS_HOME: dataDirectory }
  const child = spawn(process.execPath, [CLI, ...argv], { cwd: os.tmpdir(), env, stdio: 'pipe' })
  child.stdin.end()
  children.push(child)
  return child
}

async function run(...argv: string[]) {
  const child = start(...argv)
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { exitCode, stdout, stderr }
}

async function runJson(...argv: string[]) {
  const { stdout, stderr } = await run(...argv, '--json')
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

/** The process of the host, as `host.json` names it; null without one. */
async function hostPid(): Promise<number | null> {
  const file = path.join(dataDirectory, 'host.json')
  return readFile(file, 'utf8').then(
    (content) => JSON.parse(content).pid,
    () => null,
  )
}

/** Ends the host and waits until the system has forgotten it. */
async function endHost(signal: NodeJS.Signals): Promise<void> {
  const pid = await hostPid()
  if (pid === null || pid === process.pid) return
  if (isAlive(pid)) process.kill(pid, signal)
  while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve))
}

/** A process that has ended may stay in the table until its parent looks; that is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return (
      process.platform !== 'linux' ||
      !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    )
  } catch {
    // No such process.
    return false
  }
}

describe('finding a host', () => {
  it('starts one that outlives the command, and finds it again', async () => {
    const first = await run('list')
    expect(first).toMatchObject({ exitCode: 0, stderr: '' })
    expect(first.stdout).toContain('There are no tasks yet')
    const pid = await hostPid()
    expect(pid).not.toBeNull()
    expect(await run('list')).toEqual(first)
    expect(await hostPid()).toBe(pid)
  })

  it('ends up with one host when several commands start at once', async () => {
    const submits = Array.from({ length: 4 }, (_, index) =>
      runJson('execute', `task ${index}`, '--command', 'true', '--async'),
    )
    const ids = (await Promise.all(submits)).map(({ taskId }) => taskId)
    expect(new Set(ids).size).toBe(4)
    const { tasks } = await runJson('list')
    expect(tasks).toHaveLength(4)
  })

  it('is not misled by the file of a dead host', async () => {
    await run('list')
    const pid = await hostPid()
    await endHost('SIGKILL')
    expect(await hostPid()).toBe(pid)
    expect(await run('list')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await hostPid()).not.toBe(pid)
  })

  it('is not misled by a stranger on the port of a dead host', async () => {
    const stranger = await ScriptedHost.start(dataDirectory)
    try {
      await stranger.writeHostFile(dataDirectory, 'the-token-of-another-host')
      expect(await run('list')).toMatchObject({ exitCode: 0, stderr: '' })
      expect(stranger.calls).toEqual([])
    } finally {
      await stranger.stop()
    }
  })

  it('waits for a task through the death of the host', async () => {
    const flag = path.join(dataDirectory, 'go')
    const command = `until [ -e ${flag} ]; do sleep 0.05; done; echo survived`
    const submitted = await runJson('execute', 'patient', '--command', command, '--async')
    const waiting = run('result', submitted.taskId, '--wait')
    while ((await runJson('status', submitted.taskId)).state !== 'running') {
      // Each round is a process of its own.
    }
    await endHost('SIGKILL')
    await writeFile(flag, '')
    expect(await waiting).toEqual({
      exitCode: 0,
      stdout: 'Task completed ✅\nsurvived\n',
      stderr: '',
    })
  })
})

describe('a host that cannot be had', () => {
  async function script(source: string): Promise<string> {
    const file = path.join(dataDirectory, 'host.mjs')
    await writeFile(file, source)
    return file
  }

  it('passes on why, and ends with 4', async () => {
    const hostScript = await script(`
      console.log(JSON.stringify({ error: { code: 'internal', message: 'the database is newer' } }))
      process.exitCode = 1
    `)
    const run = await cli(['list'], { dataDirectory, hostScript })
    expect(run).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: `smart-agents: no host for ${dataDirectory}: the database is newer\n`,
    })
    const asJson = await cli(['list', '--json'], { dataDirectory, hostScript })
    expect(JSON.parse(asJson.stdout).error.code).toBe('no_host')
  })

  it('does not wait for what no owner is in the way of', async () => {
    const starts = path.join(dataDirectory, 'starts')
    const hostScript = await script(`
      import { appendFileSync } from 'node:fs'
      appendFileSync(${JSON.stringify(starts)}, 'x')
      console.log(JSON.stringify({ error: { code: 'conflict', message: 'the database is newer' } }))
      process.exitCode = 1
    `)
    const { exitCode, stderr } = await cli(['list'], { dataDirectory, hostScript })
    expect(exitCode).toBe(4)
    expect(stderr).toContain(': the database is newer\n')
    expect(await readFile(starts, 'utf8')).toBe('x')
  })

  it('says at once that the database is of a newer version', async () => {
    await run('list')
    await endHost('SIGTERM')
    const database = new Database(path.join(dataDirectory, 'smart-agents.db'))
    database.pragma('user_version = 9999')
    database.close()
    const { exitCode, stderr } = await run('list')
    expect(exitCode).toBe(4)
    expect(stderr).toContain('written by a newer Smart Agents')
  })

  it('is told apart from one that another host owns', async () => {
    const serving = start('serve', '--json', '--workspace', dataDirectory)
    await once(createInterface({ input: serving.stdout }), 'line')
    const second = await run('serve', '--json', '--workspace', dataDirectory)
    expect(JSON.parse(second.stdout)).toMatchObject({
      error: { code: 'conflict', owned: true, pid: serving.pid },
    })
    const outcome = await startHost({
      script: path.resolve(CLI, '../server.js'),
      dataDirectory,
      workspace: dataDirectory,
      env: process.env,
      timeoutMs: 20_000,
    })
    expect(outcome).toMatchObject({ kind: 'failed', owned: true })
    serving.kill('SIGTERM')
    await once(serving, 'close')
  })

  it('passes on the last words of one that crashed', async () => {
    const hostScript = await script(
      `process.stderr.write('smart-agents: out of memory\\n'); process.abort`,
    )
    const { stderr } = await cli(['list'], { dataDirectory, hostScript })
    expect(stderr).toContain(': out of memory\n')
  })

  it('says how one ended that said nothing', async () => {
    const hostScript = await script('process.exitCode = 7')
    const { stderr } = await cli(['list'], { dataDirectory, hostScript })
    expect(stderr).toContain('it ended with exit code 7')
  })

  it('ends one that is never ready', async () => {
    const hostScript = await script('setInterval(() => undefined, 1000)')
    const outcome = await startHost({
      script: hostScript,
      dataDirectory,
      workspace: dataDirectory,
      env: process.env,
      timeoutMs: 300,
    })
    expect(outcome).toEqual({
      kind: 'failed',
      owned: false,
      message: 'it was not ready within 0.3 s',
    })
  })

  it('says which directory cannot be used', async () => {
    const file = path.join(dataDirectory, 'a-file')
    await writeFile(file, '')
    const { exitCode, stderr } = await run('list', '--data-dir', file)
    expect(exitCode).toBe(4)
    expect(stderr).toContain(`cannot use ${file}`)
  })
})

describe('serve', () => {
  it('says in one line where it serves, and ends with a signal', async () => {
    const child = start('serve', '--json', '--workspace', dataDirectory)
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const ready = JSON.parse(String(line))
    expect(ready).toEqual({
      url: expect.stringContaining('http://127.0.0.1:'),
      wsUrl: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/rpc$/),
      token: expect.any(String),
      // The host itself: killing the command kills it.
      pid: child.pid,
    })
    expect(await run('list')).toMatchObject({ exitCode: 0 })
    const second = await run('serve')
    expect(second.exitCode).toBe(1)
    expect(second.stderr).toContain(`process ${child.pid}`)
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
    expect(await hostPid()).toBeNull()
  })

  it('refuses a workspace that there is not', async () => {
    const { exitCode, stderr } = await run('serve', '--workspace', '/nonexistent')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('/nonexistent')
  })
})

describe('the whole way', () => {
  it('chats, starts work, goes on and shows the result', async () => {
    const { stdout } = await run('chat', 'run `echo from the task`')
    const [, taskId = ''] = /^Task started: (task_\w+)$/m.exec(stdout) ?? []
    expect(stdout).toContain("You can continue chatting. I'll notify you when done.")
    expect(await run('result', taskId, '--wait')).toEqual({
      exitCode: 0,
      stdout: 'Task completed ✅\nfrom the task\n',
      stderr: '',
    })
    expect((await run('logs', taskId)).stdout).toBe('from the task\n')
    expect((await run('list')).stdout).toMatch(/^Completed \(1\):\n {2}- task_\w+: .*\(✅ .+\)\n$/)
  })

  it('ends every process of a cancelled task before it says so', async () => {
    const marker = path.join(dataDirectory, 'pid')
    const command = `echo $$ > ${marker}; sleep 600`
    const { taskId } = await runJson('execute', 'endless', '--command', command, '--async')
    let pid = Number.NaN
    while (!(pid > 0)) pid = Number(await readFile(marker, 'utf8').catch(() => ''))
    expect(await run('cancel', taskId)).toMatchObject({
      exitCode: 0,
      stdout: `Task cancelled: ${taskId}\n`,
    })
    expect(isAlive(pid)).toBe(false)
    const { exitCode, stdout } = await run('result', taskId)
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^Task cancelled 🚫\n/)
  })

  it('gives the same task for the same idempotency key, and a conflict for other content', async () => {
    const flags = ['--async', '--idempotency-key', 'k1', '--command', 'true'] as const
    const first = await runJson('execute', 'once', ...flags)
    expect(await runJson('execute', 'once', ...flags)).toEqual(first)
    const other = await run('execute', 'something else', ...flags)
    expect(other.exitCode).toBe(1)
    expect(other.stderr).toContain('k1')
  })

  it('detaches on Ctrl+C', async () => {
    const marker = path.join(dataDirectory, 'started')
    const child = start('execute', 'long', '--command', `touch ${marker}; sleep 600`)
    const stderr = text(child.stderr)
    while ((await readFile(marker).catch(() => null)) === null) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([130, null])
    expect(await stderr).toContain('the task goes on')
    const { tasks } = await runJson('list', '--state', 'running')
    expect(tasks).toHaveLength(1)
  })

  it('says nothing when nobody reads', async () => {
    const child = start('--help')
    child.stdout.destroy()
    const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close')])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  })
})
