import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProcessEnd, ProcessIdentity, SpawnRequest } from '../../src/main/core/ports.js'
import { createProcessTable } from '../../src/main/server/node-ports/platform-process-table.js'
import { createProcessRunner } from '../../src/main/server/node-ports/process-runner.js'
import { SilentLogger } from '../support/silent-logger.js'

const isLinux = process.platform === 'linux'
const logger = new SilentLogger()
const runner = createProcessRunner({
  logger,
  environment: () => ({ PATH: process.env.PATH ?? '' }),
})

let folder: string
let count = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'process-runner-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function shell(line: string, more: Partial<SpawnRequest> = {}): SpawnRequest {
  count += 1
  return {
    command: { kind: 'shell', line },
    cwd: folder,
    marker: `test-${process.pid}-${count}`,
    ...more,
  }
}

function node(script: string, more: Partial<SpawnRequest> = {}): SpawnRequest {
  const command = { kind: 'program', file: process.execPath, args: ['-e', script] } as const
  return { ...shell('', more), command }
}

interface Ran {
  readonly end: ProcessEnd
  readonly stdout: string
  readonly stderr: string
}

async function run(request: SpawnRequest): Promise<Ran> {
  const text = { stdout: '', stderr: '' }
  const onOutput = (part: string, stream: 'stdout' | 'stderr') => {
    text[stream] += part
  }
  const end = await runner.run({ onOutput, ...request })
  return { end, ...text }
}

/** Starts a process and gives it back once it has printed a line; `printed` is all it said so far. */
async function startUntilItSpeaks(request: SpawnRequest, lines = 1) {
  let printed = ''
  let identity: ProcessIdentity | null = null
  const spoke = Promise.withResolvers<void>()
  const ended = runner.run({
    ...request,
    onSpawn: (spawned) => {
      identity = spawned
    },
    onOutput: (text) => {
      printed += text
      if (printed.split('\n').length > lines) spoke.resolve()
    },
  })
  await Promise.race([spoke.promise, ended])
  if (identity === null) throw new Error('nothing was spawned')
  return { ended, printed: () => printed, identity: identity as ProcessIdentity }
}

function pidsIn(text: string): number[] {
  return text.split('\n').filter(Boolean).map(Number)
}

function isRunning(pid: number): boolean {
  return runner.isAlive({ pid, startTime: null })
}

describe('what a run tells', () => {
  it('gives exit code, output of both streams and the identity of the process', async () => {
    const spawned: { identity: ProcessIdentity; alive: boolean }[] = []
    const { end, stdout, stderr } = await run(
      shell('echo out; echo err >&2; sleep 0.1; exit 3', {
        onSpawn: (identity) => spawned.push({ identity, alive: runner.isAlive(identity) }),
      }),
    )
    expect(end).toMatchObject({ exitCode: 3, signal: null, endedBy: 'itself' })
    const isWindows = process.platform === 'win32'
    expect([stdout, stderr]).toEqual(isWindows ? ['out\n', 'err\n'] : ['out\nerr\n', ''])
    expect(spawned.map(({ alive }) => alive)).toEqual([true])
    expect(spawned.some(({ identity }) => runner.isAlive(identity))).toBe(false)
  })

  it.skipIf(process.platform === 'win32')(
    'keeps what a shell line writes in order, and the line as it is',
    async () => {
      const loop = await run(shell('for i in 1 2 3 4 5 6 7 8 9; do echo o$i; echo e$i >&2; done'))
      const lines = '123456789'.split('').flatMap((i) => [`o${i}`, `e${i}`])
      expect(loop.stdout.trimEnd().split('\n')).toEqual(lines)
      const odd = await run(shell(`echo "$0 $# '"\n# a remark\nno_such_command "a\\b"; exit 5`))
      expect(odd.end.exitCode).toBe(5)
      const [plain, complaint] = odd.stdout.split('\n')
      expect(plain).toBe("/bin/sh 0 '")
      expect(complaint).toMatch(/^\/bin\/sh: (line )?3: no_such_command/)
    },
  )

  it('names the signal that ended a process', async () => {
    const { end } = await run(shell('kill -KILL $$'))
    expect(end).toMatchObject({ exitCode: null, signal: 'SIGKILL', endedBy: 'itself' })
  })

  it('passes arguments of a program as they are, without a shell', async () => {
    const args = [
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      '$HOME',
      '; exit 1',
      'ä "',
    ]
    const { stdout } = await run({ ...shell(''), command: { kind: 'program', file: 'node', args } })
    expect(JSON.parse(stdout)).toEqual(args.slice(2))
  })

  it('hands over the added environment and the marker, and an empty stdin', async () => {
    const request = shell('cat; echo "$ADDED $SMART_AGENTS_MARKER"', { env: { ADDED: 'yes' } })
    const { stdout } = await run(request)
    expect(stdout).toBe(`yes ${request.marker}\n`)
  })

  it('never splits a character, however the bytes arrive', async () => {
    const parts: string[] = []
    const script = `
      const bytes = Buffer.from('aé漢😀z'.repeat(20))
      let at = 0
      const next = () => at < bytes.length && process.stdout.write(bytes.subarray(at, ++at), () => setImmediate(next))
      next()`
    await runner.run(node(script, { onOutput: (text) => parts.push(text) }))
    expect(parts.join('')).toBe('aé漢😀z'.repeat(20))
    expect(parts.every((part) => !part.includes('\uFFFD') && part.isWellFormed())).toBe(true)
  })

  it('shows a character that was never finished as a replacement character', async () => {
    const { stdout } = await run(node(`process.stdout.write(Buffer.from([0x61, 0xf0, 0x9f]))`))
    expect(stdout).toBe('a\uFFFD')
  })

  it('delivers 50 MB completely', async () => {
    let length = 0
    const end = await runner.run(
      shell('head -c 52428800 /dev/zero', {
        onOutput: (text) => {
          length += text.length
        },
      }),
    )
    expect(end.endedBy).toBe('itself')
    expect(length).toBe(52_428_800)
  })

  it('measures the memory of the tree', async () => {
    const script = `const held = Buffer.alloc(150e6, 1); console.log('ready'); setInterval(() => held, 1000)`
    const abort = new AbortController()
    const started = await startUntilItSpeaks(node(script, { signal: abort.signal }))
    abort.abort()
    expect((await started.ended).peakMemoryBytes).toBeGreaterThan(150e6)
  })
})

describe('what a task starts', () => {
  it('works in the time that people and the host leave over', async () => {
    const own = getPriority()
    let output = ''
    await runner.run(
      node('console.log(require("node:os").getPriority())', {
        onOutput: (text) => {
          output += text
        },
      }),
    )
    expect(Number(output)).toBeGreaterThan(own)
  })
})

describe('what cannot be started', () => {
  it.each([
    [
      'a missing folder',
      { cwd: '/nonexistent/folder' },
      'the folder /nonexistent/folder does not exist',
    ],
    ['a file as a folder', { cwd: '/etc/hostname' }, '/etc/hostname is not a folder'],
    [
      'a missing program',
      { command: { kind: 'program', file: 'no-such-program', args: [] } as const },
      'the program "no-such-program" was not found on the PATH',
    ],
    [
      'an argument that no program can be given',
      { command: { kind: 'program', file: 'node', args: ['a\0b'] } as const },
      'null bytes',
    ],
  ])('tells of %s', async (_what, request, reason) => {
    let spawned = false
    const { end } = await run(
      shell('true', {
        ...request,
        onSpawn: () => {
          spawned = true
        },
      }),
    )
    expect(end).toMatchObject({ exitCode: null, signal: null, endedBy: 'spawn_failure' })
    expect(end.failure).toContain(reason)
    expect(spawned).toBe(false)
  })

  it('starts nothing when it was aborted before', async () => {
    const line = 'touch started'
    const { end } = await run(shell(line, { signal: AbortSignal.abort() }))
    expect(end).toMatchObject({ exitCode: null, endedBy: 'abort' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('kills what could not be recorded', async () => {
    let pid = 0
    const { end } = await run(
      shell('sleep 1000', {
        onSpawn: (identity) => {
          pid = identity.pid
          throw new Error('disk full')
        },
      }),
    )
    expect(end.endedBy).toBe('spawn_failure')
    expect(end.failure).toContain('disk full')
    expect(isRunning(pid)).toBe(false)
  })
})

describe('what ends a run', () => {
  it('a timeout', async () => {
    const { end } = await run(shell('sleep 1000', { timeoutMs: 50 }))
    expect(end).toMatchObject({ endedBy: 'timeout', signal: 'SIGTERM' })
  })

  it('nothing before it, and tells meanwhile what it takes', async () => {
    const samples: { memoryBytes: number; cpuPercent: number; processes: number }[] = []
    const done = new AbortController()
    const { end } = await run(
      node('for (;;) {}', {
        maxProcesses: 5,
        signal: done.signal,
        onSample: (sample) => {
          samples.push(sample)
          if (samples.length === 3) done.abort()
        },
      }),
    )
    expect(end.endedBy).toBe('abort')
    expect(samples.at(-1)?.cpuPercent).toBeGreaterThan(5)
    expect(samples.at(-1)).toMatchObject({ processes: 1, memoryBytes: expect.any(Number) })
  })

  it('a timeout longer than what Node takes does not fire at once', async () => {
    const { end } = await run(shell('sleep 0.1', { timeoutMs: 30 * 24 * 3600 * 1000 }))
    expect(end.endedBy).toBe('itself')
  })

  it('too much output, of which exactly the limit is kept', async () => {
    const { end, stdout, stderr } = await run(
      shell('echo begin >&2; yes', { maxOutputBytes: 10_000 }),
    )
    expect(end.endedBy).toBe('output_limit')
    expect(stdout.length + stderr.length).toBe(10_000)
  })

  it('more memory, of all its processes together, than it may take', async () => {
    const hog = 'const a = []; setInterval(() => a.push(Buffer.alloc(2e7, 1)), 20)'
    const { end } = await run(
      shell(`"${process.execPath}" -e '${hog}' & wait`, { maxMemoryBytes: 250 * 1024 * 1024 }),
    )
    expect(end.endedBy).toBe('memory_limit')
    expect(end.peakMemoryBytes).toBeGreaterThan(250 * 1024 * 1024)
  })

  it('more processes at once than it may have', async () => {
    const { end } = await run(shell('sleep 60 & sleep 60 & sleep 60 & wait', { maxProcesses: 3 }))
    expect(end.endedBy).toBe('process_limit')
  })

  it('an abort, and no listener stays on the signal', async () => {
    const abort = new AbortController()
    const { ended, identity } = await startUntilItSpeaks(
      shell('echo ready; sleep 1000', { signal: abort.signal }),
    )
    abort.abort()
    expect(await ended).toMatchObject({ endedBy: 'abort', signal: 'SIGTERM' })
    expect(runner.isAlive(identity)).toBe(false)
  })
})

describe.skipIf(process.platform === 'win32')('the whole tree', () => {
  it('kills children that refuse to end', async () => {
    const abort = new AbortController()
    const line = `trap '' TERM; sh -c "trap '' TERM; echo \\$\\$; while :; do sleep 0.2; done" & echo $$; wait`
    const { ended, printed } = await startUntilItSpeaks(shell(line, { signal: abort.signal }), 2)
    abort.abort()
    expect(await ended).toMatchObject({ endedBy: 'abort', signal: 'SIGKILL' })
    const pids = pidsIn(printed())
    expect(pids).toHaveLength(2)
    expect(pids.filter(isRunning)).toEqual([])
  })

  it('lets a process that handles the request end in order', async () => {
    const abort = new AbortController()
    const line = `trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done`
    const { ended, printed } = await startUntilItSpeaks(shell(line, { signal: abort.signal }))
    abort.abort()
    expect(await ended).toMatchObject({ endedBy: 'abort', exitCode: 5 })
    expect(printed()).toMatch(/^ready\n(?:.*\n)*bye\n$/)
  })

  it('ends background children that the leader left behind', async () => {
    const { end, stdout } = await run(shell('sleep 1000 & echo $!; exit 7'))
    expect(end).toMatchObject({ endedBy: 'itself', exitCode: 7 })
    expect(pidsIn(stdout).filter(isRunning)).toEqual([])
  })

  it('lets them finish what takes a moment', async () => {
    const { stdout } = await run(shell('(sleep 0.1; echo late) & exit 0'))
    expect(stdout).toBe('late\n')
  })

  it.runIf(isLinux)('finds a daemon that forked twice into a session of its own', async () => {
    const daemon = join(folder, 'pid')
    const line = `(setsid sh -c 'trap "" TERM; echo $$ > ${daemon}; exec sleep 1000' >/dev/null 2>&1 </dev/null &)
      while [ ! -s ${daemon} ]; do sleep 0.02; done`
    const { end } = await run(shell(line.replace('\n', ';')))
    expect(end.endedBy).toBe('itself')
    expect(isRunning(Number(readFileSync(daemon, 'utf8')))).toBe(false)
  })

  it.runIf(isLinux)(
    'finds a child in a session of its own that dropped its environment',
    async () => {
      const abort = new AbortController()
      const { ended, printed } = await startUntilItSpeaks(
        shell(`env -i setsid /bin/sh -c 'echo $$; exec /bin/sleep 1000'`, { signal: abort.signal }),
      )
      abort.abort()
      await ended
      expect(pidsIn(printed()).filter(isRunning)).toEqual([])
    },
  )

  it('dies with this process, also when that exits in a hurry', async () => {
    const before = process.listenerCount('exit')
    const { ended, printed } = await startUntilItSpeaks(shell(`trap '' TERM; echo $$; sleep 1000`))
    expect(process.listenerCount('exit')).toBe(before + 1)
    process.listeners('exit').at(-1)?.call(process, 0)
    expect(await ended).toMatchObject({ endedBy: 'itself', signal: 'SIGKILL' })
    expect(pidsIn(printed()).filter(isRunning)).toEqual([])
    expect(process.listenerCount('exit')).toBe(before)
  })

  it('leaves other runs with the same marker alone', async () => {
    const abort = new AbortController()
    const other = await startUntilItSpeaks(
      shell('echo $$; sleep 1000', { marker: 'shared-marker', signal: abort.signal }),
    )
    await run(shell('true', { marker: 'shared-marker' }))
    expect(runner.isAlive(other.identity)).toBe(true)
    abort.abort()
    await other.ended
  })

  it('survives a swarm that forks while it is killed', async () => {
    const abort = new AbortController()
    const line = `echo ready; spawn() { while :; do sh -c 'trap "" TERM; sleep 0.3' & sleep 0.01; done; }; spawn & spawn & wait`
    const { ended, identity } = await startUntilItSpeaks(shell(line, { signal: abort.signal }))
    abort.abort()
    await ended
    const left = (await createProcessTable().list()).filter(({ group }) => group === identity.pid)
    expect(left).toEqual([])
  })
})

describe.skipIf(process.platform === 'win32')('what an earlier host left', () => {
  /** Starts a process as a host would that dies at once, so that nobody waits for it. */
  async function orphan(marker: string): Promise<{ pids: number[]; leader: ProcessIdentity }> {
    const file = join(folder, `host-${marker}.mjs`)
    writeFileSync(
      file,
      `import { spawn } from 'node:child_process'
       const line = 'sleep 1000 & echo $!; echo $$; wait'
       const child = spawn('/bin/sh', ['-c', line], { detached: true, stdio: ['ignore', 'inherit', 'ignore'],
         env: { ...process.env, SMART_AGENTS_MARKER: '${marker}' } })
       child.unref()`,
    )
    const { promise, resolve } = Promise.withResolvers<string>()
    const host = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    host.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.split('\n').length > 2) resolve(printed)
    })
    const pids = pidsIn(await promise)
    host.stdout.destroy()
    const pid = pids[1] ?? 0
    return { pids, leader: { pid, startTime: createProcessTable().startTimeOf(pid) } }
  }

  it('is killed by the identity of its leader', async () => {
    const { pids, leader } = await orphan('earlier-1')
    expect(runner.isAlive(leader)).toBe(true)
    await runner.killTree(leader)
    expect(pids.filter(isRunning)).toEqual([])
  })

  it('is killed when the leader is gone and its children are not', async () => {
    const { pids, leader } = await orphan('earlier-2')
    process.kill(leader.pid, 'SIGKILL')
    await runner.killTree(leader)
    expect(pids.filter(isRunning)).toEqual([])
  })

  it('is not mistaken for a later process with the same number', async () => {
    const { pids, leader } = await orphan('earlier-3')
    const impostor = { pid: leader.pid, startTime: `${leader.startTime?.split(':')[0]}:1` }
    expect(runner.isAlive(impostor)).toBe(false)
    await runner.killTree(impostor)
    expect(pids.every(isRunning)).toBe(true)
    await runner.killTree(leader)
  })

  it.runIf(isLinux)('is killed by its marker', async () => {
    const { pids } = await orphan('earlier-4')
    const other = await orphan('other-4')
    expect(await runner.killMarked((value) => value === 'earlier-4')).toBeGreaterThanOrEqual(2)
    expect(pids.filter(isRunning)).toEqual([])
    expect(other.pids.every(isRunning)).toBe(true)
    await runner.killTree(other.leader)
  })

  it('may be nothing at all', async () => {
    await runner.killTree({ pid: 4_000_000, startTime: 'x:1' })
    expect(await runner.killMarked(() => false)).toBe(0)
    expect(existsSync(folder)).toBe(true)
  })
})

it('knows itself', () => {
  expect(runner.self.pid).toBe(process.pid)
  expect(runner.isAlive(runner.self)).toBe(true)
})
