import type { IdKind } from '../../shared/model/ids.js'
import type { MachineReading } from '../../shared/model/queue.js'

/** Time, so that tests own it. All figures are milliseconds. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Calls back once; a late callback after `cancel` does not happen. */
  schedule(delayMs: number, callback: () => void): Timer
}

export interface Timer {
  cancel(): void
}

export interface Ids {
  /** A new id `<kind>_<letters and digits>`, never handed out before. */
  next(kind: IdKind): string
  /** A number in [0, 1), for jitter. */
  random(): number
}

export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number
  /** As the operating system tells it; opaque, only compared. Null where it cannot be read. */
  readonly startTime: string | null
}

export interface SpawnRequest {
  /** Either one line for the platform's shell, or a program with its arguments and no shell. */
  readonly command:
    | { readonly kind: 'shell'; readonly line: string }
    | { readonly kind: 'program'; readonly file: string; readonly args: readonly string[] }
  readonly cwd: string
  /** Added to the environment that children get; secrets of the host are never in it. */
  readonly env?: Readonly<Record<string, string>>
  /** Written into the child's environment so that its descendants can be found after a crash. */
  readonly marker: string
  /** The output that is kept, in bytes of stdout and stderr together; more of it ends the process. */
  readonly maxOutputBytes?: number
  /** Of the whole tree; more of it ends the process. */
  readonly maxMemoryBytes?: number
  readonly maxProcesses?: number
  readonly timeoutMs?: number
  /**
   * Valid UTF-8 text in the order of arrival; a character is never split between two calls. A shell
   * line gives all of it as `stdout`, in the order in which it was written; of a program, and of any
   * command on Windows, text of one stream may overtake text of the other.
   */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void
  /** Called after each look at the whole tree, about once a second. */
  readonly onSample?: (sample: ProcessSample) => void
  /** Aborting kills the whole process tree. */
  readonly signal?: AbortSignal
  /** Called once, before any output, as soon as the process exists. */
  readonly onSpawn?: (identity: ProcessIdentity) => void
}

/** What a tree of processes takes at a moment. */
export interface ProcessSample {
  readonly memoryBytes: number
  /** Of the whole machine, since the look before; 100 is every core. */
  readonly cpuPercent: number
  readonly processes: number
}

export interface ProcessEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: string | null
  readonly endedBy:
    | 'itself'
    | 'timeout'
    | 'output_limit'
    | 'memory_limit'
    | 'process_limit'
    | 'abort'
    | 'spawn_failure'
  /** Why it could not be started; only with `spawn_failure`. */
  readonly failure?: string
  readonly durationMs: number
  /** Highest resident memory of the tree that was seen, in bytes; null where it is not measured. */
  readonly peakMemoryBytes: number | null
}

export interface ProcessRunner {
  readonly self: ProcessIdentity
  /** Resolves when the whole tree is dead, as confirmed by the operating system. Never rejects. */
  run(request: SpawnRequest): Promise<ProcessEnd>
  isAlive(identity: ProcessIdentity): boolean
  /** Kills the group of a process that an earlier host started; resolves when it is dead. */
  killTree(leader: ProcessIdentity): Promise<void>
  /** Kills every process whose environment carries one of the markers; resolves when dead. */
  killMarked(marker: (value: string) => boolean): Promise<number>
}

export interface MachineGauge {
  /** Memory that this program and its children may use; null where it cannot be told. */
  readonly memoryBytes: number | null
  /** Smoothed; takes no time. Nulls until the first reading is in. */
  read(): MachineReading
  /** Called after each reading, about once a second. Returns how to stop listening. */
  onReading(listener: (reading: MachineReading) => void): () => void
}

/** Whether the system asks that the person be left in peace. */
export interface DoNotDisturb {
  /** At this moment; null when it has to be asked first. */
  known(): boolean | null
  /** Resolves when it is known for a while, as `false` where the system gives no answer. Never rejects. */
  ask(): Promise<void>
}

/** Keeps secrets outside the database: the operating system's vault, or a file only the user reads. */
export interface Secrets {
  get(name: 'anthropic-api-key'): string | null
  /** Null forgets it. */
  set(name: 'anthropic-api-key', value: string | null): void
}
