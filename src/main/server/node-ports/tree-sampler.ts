import { messageOf } from '../../../shared/rpc/errors.js'
import type { Logger } from '../../core/ports.js'
import type { ProcessTable } from './process-table.js'
import { type ProcessTree, visibleMembers } from './process-tree.js'

interface Watched {
  readonly tree: ProcessTree
  readonly onMemory: (bytes: number) => void
}

/**
 * Looks at all running trees in one reading of the process table: their memory, and members that
 * could not be recognised later. Idle while nothing runs.
 */
export class TreeSampler {
  readonly #table: ProcessTable
  readonly #logger: Logger
  readonly #watched = new Set<Watched>()
  #timer: NodeJS.Timeout | null = null
  #failed = false

  constructor(table: ProcessTable, logger: Logger) {
    this.#table = table
    this.#logger = logger
  }

  /** Returns how to stop watching. */
  watch(tree: ProcessTree, onMemory: (bytes: number) => void): () => void {
    const watched = { tree, onMemory }
    this.#watched.add(watched)
    this.#schedule()
    return () => {
      this.#watched.delete(watched)
      if (this.#watched.size === 0 && this.#timer !== null) {
        clearTimeout(this.#timer)
        this.#timer = null
      }
    }
  }

  #schedule(): void {
    if (this.#timer !== null || this.#watched.size === 0) return
    this.#timer = setTimeout(() => void this.#sample(), this.#table.sampleEveryMs)
    this.#timer.unref()
  }

  async #sample(): Promise<void> {
    try {
      const entries = await this.#table.list()
      for (const { tree, onMemory } of this.#watched) {
        const members = visibleMembers(this.#table, tree, entries)
        if (members.length > 0) onMemory(members.reduce((sum, m) => sum + m.memoryBytes, 0))
      }
    } catch (error) {
      if (!this.#failed) this.#logger.warn({}, `memory is not measured: ${messageOf(error)}`)
      this.#failed = true
    }
    this.#timer = null
    this.#schedule()
  }
}
