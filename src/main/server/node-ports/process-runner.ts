import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../../../shared/rpc/errors.js'
import type {
  Logger,
  ProcessEnd,
  ProcessIdentity,
  ProcessRunner,
  SpawnRequest,
} from '../../core/ports.js'
import { endProcessTree } from './end-process-tree.js'
import { ProcessOutput } from './process-output.js'
import {
  createProcessTable,
  MARKER_VARIABLE,
  type ProcessTable,
  RUN_VARIABLE,
} from './process-table.js'
import { findMarked, findTree, type ProcessTree } from './process-tree.js'
import { createSystemClock } from './system-clock.js'
import { TreeSampler } from './tree-sampler.js'

/** What a leader left behind may end by itself for this long. */
const LINGER_MS = 300
/** Silence after which a pipe that nothing living should hold is given up. */
const PIPE_SILENCE_MS = 1000

const clock = createSystemClock()

export interface ProcessRunnerOptions {
  readonly logger: Logger
  /** The environment that every child starts from, without secrets; see `child-environment.ts`. */
  readonly environment: () => Readonly<Record<string, string>>
  readonly table?: ProcessTable
}

type StopReason = 'timeout' | 'output_limit' | 'abort' | 'spawn_failure'

/**
 * Runs programs in process groups of their own and ends them completely.
 *
 * Built on `node:child_process`: what this needs beyond it — trees, confirmed death, limits on the
 * output of both streams together — no wrapper offers, and what wrappers add (buffering, their own
 * kill rules, exit hooks) would have to be switched off.
 */
export function createProcessRunner(options: ProcessRunnerOptions): ProcessRunner {
  const { logger } = options
  const table = options.table ?? createProcessTable()
  const sampler = new TreeSampler(table, logger)
  const self = { pid: process.pid, startTime: table.startTimeOf(process.pid) }
  return {
    self,
    run: (request) => runProcess(request, { ...options, table, sampler }),
    isAlive: (identity) => table.isAlive(identity),
    killTree: (leader) => killTree(table, leader, logger),
    killMarked: (wanted) =>
      endProcessTree({
        find: async () => findMarked(table, await table.list(), wanted),
        logger,
      }),
  }
}

interface RunContext extends ProcessRunnerOptions {
  readonly table: ProcessTable
  readonly sampler: TreeSampler
}

async function runProcess(request: SpawnRequest, context: RunContext): Promise<ProcessEnd> {
  const begun = performance.now()
  const run = randomUUID()
  const end = (rest: Omit<ProcessEnd, 'durationMs'>): ProcessEnd => ({
    ...rest,
    durationMs: Math.round(performance.now() - begun),
  })
  const nothing = { exitCode: null, signal: null, peakMemoryBytes: null }
  if (request.signal?.aborted) return end({ ...nothing, endedBy: 'abort' })
  const started = await startChild(request, run, context)
  if (typeof started === 'string') {
    return end({ ...nothing, endedBy: 'spawn_failure', failure: started })
  }
  return end(await new RunningTree(started, request, run, context).ended)
}

/** The child, or why there is none. */
async function startChild(
  request: SpawnRequest,
  run: string,
  { environment }: RunContext,
): Promise<ChildProcess | string> {
  const isWindows = process.platform === 'win32'
  const { command } = request
  const [file, args] =
    command.kind === 'program'
      ? [command.file, command.args]
      : isWindows
        ? [process.env.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', `"${command.line}"`]]
        : ['/bin/sh', ['-c', command.line]]
  try {
    const child = spawn(file, args, {
      cwd: request.cwd,
      env: {
        ...environment(),
        ...request.env,
        [MARKER_VARIABLE]: request.marker,
        [RUN_VARIABLE]: run,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own. On Windows it would mean a console window per grandchild instead.
      detached: !isWindows,
      windowsHide: true,
      windowsVerbatimArguments: isWindows && command.kind === 'shell',
    })
    if (child.pid !== undefined) return child
    const error = await new Promise<unknown>((resolve) => child.once('error', resolve))
    return describeSpawnFailure(error, file, request.cwd)
  } catch (error) {
    return describeSpawnFailure(error, file, request.cwd)
  }
}

/** The system says ENOENT for a missing program and for a missing folder alike. */
function describeSpawnFailure(error: unknown, file: string, cwd: string): string {
  const folder = statSync(cwd, { throwIfNoEntry: false })
  if (folder === undefined) return `the folder ${cwd} does not exist`
  if (!folder.isDirectory()) return `${cwd} is not a folder`
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return `the program "${file}" was not found on the PATH`
  if (code === 'EACCES') return `"${file}" may not be run, or ${cwd} may not be entered`
  if (code === 'E2BIG') return `the command for "${file}" and its environment are too long`
  return `"${file}" could not be started: ${messageOf(error)}`
}

/**
 * One started child until its whole tree is dead.
 *
 *   running ──(leader exits)──────────────► lingering ─┐
 *      └─(abort, timeout, limit, failure)──────────────┴─► ending ──► dead, pipes drained: `ended`
 */
class RunningTree {
  readonly ended: Promise<Omit<ProcessEnd, 'durationMs'>>
  readonly #child: ChildProcess
  readonly #request: SpawnRequest
  readonly #context: RunContext
  readonly #tree: ProcessTree
  readonly #output: ProcessOutput
  readonly #exit: Promise<{ exitCode: number | null; signal: string | null }>
  readonly #stopped = Promise.withResolvers<void>()
  #stopReason: StopReason | null = null
  #failure: string | null = null
  #leaderExited = false
  #stopWanted = false
  #peakMemoryBytes: number | null = null
  #callbackFailed = false

  constructor(child: ChildProcess, request: SpawnRequest, run: string, context: RunContext) {
    this.#child = child
    this.#request = request
    this.#context = context
    const pid = child.pid ?? 0
    const leader = { pid, startTime: context.table.startTimeOf(pid) }
    this.#tree = { leader, run, oldest: context.table.earliestStart(leader), seen: new Map() }
    this.#output = new ProcessOutput({
      maxBytes: request.maxOutputBytes ?? Number.POSITIVE_INFINITY,
      onText: (text, stream) => this.#callback(() => request.onOutput?.(text, stream)),
      onLimit: () => this.#stop('output_limit'),
    })
    this.#exit = new Promise((resolve) => {
      child.once('exit', (exitCode, signal) => {
        this.#leaderExited = true
        resolve({ exitCode, signal })
      })
    })
    child.on('error', (error) =>
      context.logger.warn({ error }, 'a child process reported an error'),
    )
    this.#announce(leader)
    child.stdout?.on('data', (chunk: Buffer) => this.#output.write('stdout', chunk))
    child.stderr?.on('data', (chunk: Buffer) => this.#output.write('stderr', chunk))
    this.ended = this.#run()
  }

  /** A child that could not be recorded must not run: after a crash nobody would know of it. */
  #announce(leader: ProcessIdentity): void {
    try {
      this.#request.onSpawn?.(leader)
    } catch (error) {
      this.#failure = `the started process could not be recorded: ${messageOf(error)}`
      this.#stop('spawn_failure')
    }
  }

  async #run(): Promise<Omit<ProcessEnd, 'durationMs'>> {
    const { signal, timeoutMs } = this.#request
    const closed = new Promise<void>((resolve) => this.#child.once('close', () => resolve()))
    const onAbort = () => this.#stop('abort')
    const onTimeout = () => this.#stop('timeout')
    const timer = timeoutMs === undefined ? null : clock.schedule(timeoutMs, onTimeout)
    const unwatch = this.#context.sampler.watch(this.#tree, (bytes) => this.#noteMemory(bytes))
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted) onAbort()
    try {
      await Promise.race([this.#exit, this.#stopped.promise])
      await this.#endTree()
      const exit = await this.#exit
      await this.#drained(closed)
      this.#output.end()
      const failure = this.#failure === null ? {} : { failure: this.#failure }
      const endedBy = this.#stopReason ?? 'itself'
      return { ...exit, endedBy, ...failure, peakMemoryBytes: this.#peakMemoryBytes }
    } finally {
      timer?.cancel()
      unwatch()
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** The first reason counts; a leader that has ended did so by itself, whatever it left behind. */
  #stop(reason: StopReason): void {
    if (!this.#leaderExited) this.#stopReason ??= reason
    this.#stopWanted = true
    this.#stopped.resolve()
  }

  async #endTree(): Promise<void> {
    const { table, logger } = this.#context
    const { pid } = this.#tree.leader
    const lingerUntil = performance.now() + LINGER_MS
    await endProcessTree({
      find: async () => {
        const members = await findTree(table, this.#tree, await table.list())
        this.#noteMemory(members.reduce((sum, member) => sum + member.memoryBytes, 0))
        return members
      },
      mayLinger: () => !this.#stopWanted && performance.now() < lingerUntil,
      leader: pid,
      leaderIsOurs: () => !this.#leaderExited,
      killByLeader: table.killByLeader,
      logger,
    })
  }

  /** With the tree dead its pipes end by themselves, unless a process that was lost holds them. */
  async #drained(closed: Promise<void>): Promise<void> {
    const { stdout, stderr } = this.#child
    const done = new AbortController()
    let heardAt = performance.now()
    const hear = () => {
      heardAt = performance.now()
    }
    stdout?.on('data', hear)
    stderr?.on('data', hear)
    const silence = async () => {
      while (performance.now() - heardAt < PIPE_SILENCE_MS) {
        await delay(PIPE_SILENCE_MS / 4, undefined, { signal: done.signal })
      }
    }
    try {
      await Promise.race([closed, silence()])
    } finally {
      done.abort()
      stdout?.destroy()
      stderr?.destroy()
    }
  }

  #noteMemory(bytes: number): void {
    if (bytes > (this.#peakMemoryBytes ?? 0)) this.#peakMemoryBytes = bytes
  }

  #callback(call: () => void): void {
    try {
      call()
    } catch (error) {
      if (!this.#callbackFailed) {
        this.#context.logger.error({ error }, 'the receiver of a process output threw')
      }
      this.#callbackFailed = true
    }
  }
}

/**
 * Ends what an earlier host started. With the leader gone its number may belong to someone else, so
 * only processes that carry a mark of ours count as members then.
 */
async function killTree(
  table: ProcessTable,
  leader: ProcessIdentity,
  logger: Logger,
): Promise<void> {
  const tree = { leader, run: '', oldest: table.earliestStart(leader), seen: new Map() }
  await endProcessTree({
    find: async () => {
      const entries = await table.list()
      const holder = entries.find((entry) => entry.pid === leader.pid)
      if (holder !== undefined && table.isSame(holder, leader))
        return findTree(table, tree, entries)
      const seen = entries.filter((entry) => tree.seen.get(entry.pid) === entry.startedAt)
      if (holder !== undefined) return seen
      const group = entries.filter((e) => e.group === leader.pid || e.session === leader.pid)
      const marks = await table.marksOf(group)
      return [
        ...new Set([...seen, ...group.filter((e) => (marks.get(e.pid)?.marker ?? null) !== null)]),
      ]
    },
    leader: leader.pid,
    killByLeader: table.killByLeader,
    logger,
  })
}
