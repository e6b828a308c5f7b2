import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { messageOf } from '../../../shared/rpc/errors.js'
import type {
  Logger,
  ProcessEnd,
  ProcessIdentity,
  ProcessRunner,
  SpawnRequest,
} from '../../core/ports.js'
import { endProcessTree } from './end-process-tree.js'
import { ExitGuard } from './exit-guard.js'
import { createProcessTable } from './platform-process-table.js'
import { MARKER_VARIABLE, type ProcessTable, RUN_VARIABLE } from './process-table.js'
import { findMarked, findTree } from './process-tree.js'
import { type RunContext, RunningTree } from './running-tree.js'
import { TreeSampler } from './tree-sampler.js'
import { yieldToPeople } from './yield-to-people.js'

export interface ProcessRunnerOptions {
  readonly logger: Logger
  /** The environment that every child starts from, without secrets; see `child-environment.ts`. */
  readonly environment: () => Readonly<Record<string, string>>
  readonly table?: ProcessTable
}

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
  const exitGuard = new ExitGuard()
  const self = { pid: process.pid, startTime: table.startTimeOf(process.pid) }
  return {
    self,
    run: (request) => runProcess(request, { ...options, table, sampler, exitGuard }),
    isAlive: (identity) => table.isAlive(identity),
    killTree: (leader) => killTree(table, leader, logger),
    killMarked: (wanted) =>
      endProcessTree({
        find: async () => findMarked(table, await table.list(), wanted),
        logger,
      }),
  }
}

/**
 * Runs its first argument with both streams in one pipe, in which they keep their order. The line
 * goes through untouched and runs in the same process, so that `$0`, line numbers and the leader are
 * what they would be without this.
 *
 * On Windows both pipes stay: a redirection around the line would change how cmd.exe reads it.
 */
const ONE_PIPE = 'exec /bin/sh -c "$1" 2>&1'

type StartContext = RunContext & Pick<ProcessRunnerOptions, 'environment'>

async function runProcess(request: SpawnRequest, context: StartContext): Promise<ProcessEnd> {
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
  { environment, logger }: StartContext,
): Promise<ChildProcess | string> {
  const isWindows = process.platform === 'win32'
  const { command } = request
  const [file, args] =
    command.kind === 'program'
      ? [command.file, command.args]
      : isWindows
        ? [process.env.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', `"${command.line}"`]]
        : ['/bin/sh', ['-c', ONE_PIPE, 'sh', command.line]]
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
    if (child.pid !== undefined) {
      yieldToPeople(child.pid, logger)
      return child
    }
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
