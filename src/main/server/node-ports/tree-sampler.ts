import { availableParallelism } from 'node:os'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { Logger, ProcessSample } from '../../core/ports.js'
import type { ProcessEntry, ProcessTable } from './process-table.js'
import { type ProcessTree, visibleMembers } from './process-tree.js'

/** How often a tree with a limit is looked at, where that costs little. */
const WITH_LIMIT_MS = 250
/**
 * Processor time comes in ticks of 10 ms: over a shorter time than this it says nothing. No longer than the
 * time between two looks at a tree with a limit.
 */
const SHORTEST_CPU_MS = 200

interface Watched {
  readonly tree: ProcessTree
  readonly hasLimit: boolean
  readonly onSample: (sample: ProcessSample) => void
  /** Processor time of each member at the last look, by number and start. */
  seenCpuMs: ReadonlyMap<string, number>
  lookedAtMs: number
  /** What was found between the two looks before. */
  cpuPercent: number
}

/**
 * Looks at all running trees in one reading of the process table: what they take, and members that
 * could not be recognised later. Idle while nothing runs.
 */
export class TreeSampler {
  readonly #table: ProcessTable
  readonly #logger: Logger
  readonly #watched = new Set<Watched>()
  #timer: NodeJS.Timeout | null = null
  /** When the timer is to fire; by the monotonic clock. */
  #dueAtMs = 0
  #isLooking = false
  #failed = false

  constructor(table: ProcessTable, logger: Logger) {
    this.#table = table
    this.#logger = logger
  }

  /** Returns how to stop watching. */
  watch(
    tree: ProcessTree,
    hasLimit: boolean,
    onSample: (sample: ProcessSample) => void,
  ): () => void {
    const lookedAtMs = performance.now()
    const watched: Watched = {
      tree,
      hasLimit,
      onSample,
      seenCpuMs: new Map(),
      lookedAtMs,
      cpuPercent: 0,
    }
    this.#watched.add(watched)
    this.#schedule()
    return () => {
      this.#watched.delete(watched)
      if (this.#watched.size === 0) this.#cancel()
    }
  }

  #cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #schedule(): void {
    // A look that is under way plans the next one at its end.
    if (this.#isLooking || this.#watched.size === 0) return
    const { sampleEveryMs } = this.#table
    const isClose = sampleEveryMs <= 1000 && [...this.#watched].some(({ hasLimit }) => hasLimit)
    const delayMs = isClose ? WITH_LIMIT_MS : sampleEveryMs
    const dueAtMs = performance.now() + delayMs
    // A planned look only ever comes earlier: starts that follow each other must not put it off.
    if (this.#timer !== null && this.#dueAtMs <= dueAtMs) return
    this.#cancel()
    this.#dueAtMs = dueAtMs
    this.#timer = setTimeout(() => void this.#sample(), delayMs)
    this.#timer.unref()
  }

  async #sample(): Promise<void> {
    this.#timer = null
    this.#isLooking = true
    try {
      const entries = await this.#table.list()
      for (const watched of this.#watched) {
        const members = visibleMembers(this.#table, watched.tree, entries)
        if (members.length > 0) watched.onSample(sampleOf(watched, members, performance.now()))
      }
    } catch (error) {
      if (!this.#failed) this.#logger.warn({}, `processes are not measured: ${messageOf(error)}`)
      this.#failed = true
    } finally {
      this.#isLooking = false
    }
    this.#schedule()
  }
}

/** Time of a member that has ended since the last look is not counted: the figure is never negative. */
function sampleOf(
  watched: Watched,
  members: readonly ProcessEntry[],
  nowMs: number,
): ProcessSample {
  const elapsedMs = nowMs - watched.lookedAtMs
  if (elapsedMs >= SHORTEST_CPU_MS) {
    const cpuMs = new Map(members.map((entry) => [`${entry.pid}:${entry.startedAt}`, entry.cpuMs]))
    let usedMs = 0
    for (const [key, ms] of cpuMs) usedMs += Math.max(0, ms - (watched.seenCpuMs.get(key) ?? 0))
    watched.seenCpuMs = cpuMs
    watched.lookedAtMs = nowMs
    watched.cpuPercent = Math.min(100, (usedMs / elapsedMs / availableParallelism()) * 100)
  }
  return {
    memoryBytes: members.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    cpuPercent: watched.cpuPercent,
    processes: members.length,
  }
}
