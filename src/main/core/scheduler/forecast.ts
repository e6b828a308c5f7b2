import type { PastRun } from '../store/queries/tasks.js'

/** What a task takes of the machine, in percent of it. */
export interface Share {
  readonly memory: number
  readonly cpu: number
}

export const NO_SHARE: Share = { memory: 0, cpu: 0 }

/**
 * What the next task of a kind will probably need: the most that one of the last ones took. Nothing is known
 * of a kind that has not run yet, and of the memory where the machine's is not known. Pure.
 * @param memoryBytes what the machine has
 */
export function needOf(pastRuns: readonly PastRun[], memoryBytes: number | null): Share {
  let bytes = 0
  let cpu = 0
  for (const run of pastRuns) {
    bytes = Math.max(bytes, run.memoryBytes ?? 0)
    cpu = Math.max(cpu, run.cpuPercent ?? 0)
  }
  return { memory: memoryBytes === null ? 0 : (bytes / memoryBytes) * 100, cpu }
}

/** What a running task will probably take beyond what it takes now. Pure. */
export function stillToCome(need: Share, now: Share): Share {
  return {
    memory: Math.max(0, need.memory - now.memory),
    cpu: Math.max(0, need.cpu - now.cpu),
  }
}

export function sumOf(shares: readonly Share[]): Share {
  return shares.reduce(
    (sum, share) => ({ memory: sum.memory + share.memory, cpu: sum.cpu + share.cpu }),
    NO_SHARE,
  )
}
