import type { ProcessIdentity } from '../../core/ports.js'

/** In every child: which task it works for, so that it can be found after a crash of the host. */
export const MARKER_VARIABLE = 'SMART_AGENTS_MARKER'
/** In every child: which start it descends from; two commands of one task share their marker. */
export const RUN_VARIABLE = 'SMART_AGENTS_RUN'

/** One living process; zombies are dead. */
export interface ProcessEntry {
  readonly pid: number
  readonly parent: number
  /** Process group and session; 0 where the platform has none. */
  readonly group: number
  readonly session: number
  /** Only comparable with other entries of the same table. */
  readonly startedAt: number
  readonly memoryBytes: number
  /** Time on a processor so far, of all its threads. */
  readonly cpuMs: number
}

/** The two variables as a process carries them. */
export interface ProcessMarks {
  readonly marker: string | null
  readonly run: string | null
}

/** What the operating system knows about processes. */
export interface ProcessTable {
  /** How often a running tree may be looked at without being felt, in ms. */
  readonly sampleEveryMs: number
  /** Of a process that exists now; null where it cannot be told. Synchronous and quick. */
  startTimeOf(pid: number): string | null
  isAlive(identity: ProcessIdentity): boolean
  list(): Promise<readonly ProcessEntry[]>
  /** Processes that may not be looked into are left out. */
  marksOf(entries: readonly ProcessEntry[]): Promise<ReadonlyMap<number, ProcessMarks>>
  /** The `startedAt` below which nothing can descend from this process. */
  earliestStart(identity: ProcessIdentity): number
  /** Whether an entry is the process that was noted, or a later one with its number. */
  isSame(entry: ProcessEntry, identity: ProcessIdentity): boolean
  /** Ends a leader and what it started, where the platform has a command for that. */
  readonly killByLeader?: (pid: number) => Promise<void>
}

/** False when the process (or the group, for a negative number) is gone or not ours to signal. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ESRCH' || error.code === 'EPERM') return false
    }
    throw error
  }
}
