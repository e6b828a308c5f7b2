import { highest } from '../figures/highest.js'
import type { ProcessEnd, ProcessSample } from '../ports.js'
import type { Peak } from '../store/queries/task-states.js'

/** At a moment. */
interface Use {
  readonly memoryBytes: number
  readonly cpuPercent: number
}

const NOTHING: Use = { memoryBytes: 0, cpuPercent: 0 }

/** What all processes of one run take together: now, and at most. */
export class ProcessUse {
  readonly #living = new Map<symbol, Use>()
  #peak: Peak | null = null

  /** One more process, with its own descendants. */
  begin(): { sample(sample: ProcessSample): void; end(end: ProcessEnd): void } {
    const key = Symbol('process')
    return {
      sample: ({ memoryBytes, cpuPercent }) => {
        this.#living.set(key, { memoryBytes, cpuPercent })
        this.#raise(this.now)
      },
      end: ({ peakMemoryBytes }) => {
        this.#living.delete(key)
        // One that was too quick for a sample was looked at when it ended.
        if (peakMemoryBytes !== null)
          this.#raise({ memoryBytes: peakMemoryBytes, cpuPercent: null })
      },
    }
  }

  get now(): Use {
    let { memoryBytes, cpuPercent } = NOTHING
    for (const use of this.#living.values()) {
      memoryBytes += use.memoryBytes
      cpuPercent += use.cpuPercent
    }
    return { memoryBytes, cpuPercent }
  }

  /** Null where nothing was seen. */
  get peak(): Peak | null {
    return this.#peak
  }

  #raise(use: Peak): void {
    this.#peak = {
      memoryBytes: Math.max(this.#peak?.memoryBytes ?? 0, use.memoryBytes),
      cpuPercent: highest(this.#peak?.cpuPercent, use.cpuPercent),
    }
  }
}
