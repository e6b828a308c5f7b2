import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../../../shared/rpc/errors.js'
import type {
  Logger,
  ProcessEnd,
  ProcessIdentity,
  ProcessSample,
  SpawnRequest,
} from '../../core/ports.js'
import { endProcessTree } from './end-process-tree.js'
import type { ExitGuard } from './exit-guard.js'
import { ProcessOutput } from './process-output.js'
import type { ProcessTable } from './process-table.js'
import { findTree, type ProcessTree } from './process-tree.js'
import { createSystemClock } from './system-clock.js'
import type { TreeSampler } from './tree-sampler.js'

/** What a leader left behind may end by itself for this long. */
const LINGER_MS = 300
/** Silence after which a pipe that nothing living should hold is given up. */
const PIPE_SILENCE_MS = 1000

const clock = createSystemClock()

export interface RunContext {
  readonly logger: Logger
  readonly table: ProcessTable
  readonly sampler: TreeSampler
  readonly exitGuard: ExitGuard
}

type StopReason =
  | 'timeout'
  | 'output_limit'
  | 'memory_limit'
  | 'process_limit'
  | 'abort'
  | 'spawn_failure'

/**
 * One started child until its whole tree is dead.
 *
 *   running ──(leader exits)──────────────► lingering ─┐
 *      └─(abort, timeout, limit, failure)──────────────┴─► ending ──► dead, pipes drained: `ended`
 */
export class RunningTree {
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
    const unguard = this.#context.exitGuard.watch(this.#tree.leader.pid)
    const { maxMemoryBytes, maxProcesses } = this.#request
    const hasLimit = maxMemoryBytes !== undefined || maxProcesses !== undefined
    const unwatch = this.#context.sampler.watch(this.#tree, hasLimit, (sample) =>
      this.#noteSample(sample),
    )
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
      unguard()
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

  #noteSample(sample: ProcessSample): void {
    this.#noteMemory(sample.memoryBytes)
    this.#callback(() => this.#request.onSample?.(sample))
    const { maxMemoryBytes, maxProcesses } = this.#request
    if (sample.memoryBytes > (maxMemoryBytes ?? Number.POSITIVE_INFINITY))
      this.#stop('memory_limit')
    if (sample.processes > (maxProcesses ?? Number.POSITIVE_INFINITY)) this.#stop('process_limit')
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
