import type {
  ProcessEnd,
  ProcessIdentity,
  ProcessRunner,
  SpawnRequest,
} from '../../src/main/core/ports.js'

/** A process that a test plays. */
export interface ScriptedProcess {
  readonly request: SpawnRequest
  readonly identity: ProcessIdentity
  end(exitCode: number): void
}

/** Processes that exist only on paper: for tests of what is decided about them. */
export class ScriptedProcesses implements ProcessRunner {
  readonly self: ProcessIdentity = { pid: 1, startTime: 'self' }
  readonly started: ScriptedProcess[] = []
  readonly killed: ProcessIdentity[] = []
  readonly killedMarkers: string[] = []
  #nextPid = 100

  run(request: SpawnRequest): Promise<ProcessEnd> {
    return new Promise((resolve) => {
      const identity = { pid: this.#nextPid++, startTime: 'start' }
      const ended = (exitCode: number | null, endedBy: ProcessEnd['endedBy']) =>
        resolve({ exitCode, signal: null, endedBy, durationMs: 0, peakMemoryBytes: null })
      request.signal?.addEventListener('abort', () => ended(null, 'abort'), { once: true })
      request.onSpawn?.(identity)
      this.started.push({ request, identity, end: (exitCode) => ended(exitCode, 'itself') })
    })
  }

  isAlive(): boolean {
    return false
  }

  killTree(leader: ProcessIdentity): Promise<void> {
    this.killed.push({ pid: leader.pid, startTime: leader.startTime })
    return Promise.resolve()
  }

  killMarked(matches: (value: string) => boolean): Promise<number> {
    this.killedMarkers.push(...['data:task_x', 'other:task_y'].filter(matches))
    return Promise.resolve(0)
  }
}
