import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface GroupMemory {
  readonly usedBytes: number
  readonly limitBytes: number
}

/** Time on processors so far, and how many of them may be used at once. */
export interface GroupCpu {
  readonly usedMs: number
  readonly cores: number
}

/** What the container of this process (control groups of Linux, cgroups(7)) allows and takes, at all levels. */
export interface GroupReading {
  /** The smallest limit, and how much is taken at the level that is nearest to its own; null without a limit. */
  readonly memory: { readonly limitBytes: number; readonly percent: number } | null
  /** Of each level with a limit, from within. */
  readonly cpu: readonly GroupCpu[]
}

export type ReadText = (path: string) => string | null

const ROOT = '/sys/fs/cgroup'
/** Version 1 says "no limit" with a number near 2^63. */
const NO_LIMIT = 2 ** 60

/** Every level counts: what siblings take outside is not there inside. */
export function readGroup(read: ReadText = readText): GroupReading {
  const lines = (read('/proc/self/cgroup') ?? '').split('\n')
  const unified = lines.find((line) => line.startsWith('0::'))?.slice(3)
  if (unified !== undefined && read(join(ROOT, 'cgroup.controllers')) !== null) {
    const folders = upwards(unified).map((path) => join(ROOT, path))
    return {
      memory: allMemory(folders.flatMap((folder) => memoryOf(folder, read) ?? [])),
      cpu: folders.flatMap((folder) => cpuOf(folder, read) ?? []),
    }
  }
  const foldersOf = (controller: string) => {
    const line = lines.find((text) => (text.split(':')[1] ?? '').split(',').includes(controller))
    return upwards(line?.split(':').slice(2).join(':') ?? '/').map((path) =>
      join(ROOT, controller, path),
    )
  }
  return {
    memory: allMemory(foldersOf('memory').flatMap((folder) => oldMemoryOf(folder, read) ?? [])),
    cpu: foldersOf('cpu').flatMap((folder) => oldCpuOf(folder, read) ?? []),
  }
}

/** `/a/b` → `/a/b`, `/a`, `/`. In a container of its own the path outside is not to be seen. */
function upwards(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..')
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`).concat('/')
}

function memoryOf(folder: string, read: ReadText): GroupMemory | null {
  const limitBytes = numberIn(read(join(folder, 'memory.max')))
  const current = numberIn(read(join(folder, 'memory.current')))
  if (limitBytes === null || current === null) return null
  const cache = fieldOf(read(join(folder, 'memory.stat')), 'inactive_file') ?? 0
  return { limitBytes, usedBytes: Math.max(0, current - cache) }
}

function oldMemoryOf(folder: string, read: ReadText): GroupMemory | null {
  const limitBytes = numberIn(read(join(folder, 'memory.limit_in_bytes')))
  const current = numberIn(read(join(folder, 'memory.usage_in_bytes')))
  if (limitBytes === null || limitBytes >= NO_LIMIT || current === null) return null
  const cache = fieldOf(read(join(folder, 'memory.stat')), 'total_inactive_file') ?? 0
  return { limitBytes, usedBytes: Math.max(0, current - cache) }
}

function cpuOf(folder: string, read: ReadText): GroupCpu | null {
  const [quota, period] = (read(join(folder, 'cpu.max')) ?? '').trim().split(' ').map(Number)
  const usedUs = fieldOf(read(join(folder, 'cpu.stat')), 'usage_usec')
  if (!isPositive(quota) || !isPositive(period) || usedUs === null) return null
  return { cores: quota / period, usedMs: usedUs / 1000 }
}

function oldCpuOf(folder: string, read: ReadText): GroupCpu | null {
  const quota = numberIn(read(join(folder, 'cpu.cfs_quota_us')))
  const period = numberIn(read(join(folder, 'cpu.cfs_period_us')))
  const usedNs = numberIn(read(join(folder.replace('/cpu/', '/cpuacct/'), 'cpuacct.usage')))
  if (!isPositive(quota) || !isPositive(period) || usedNs === null) return null
  return { cores: quota / period, usedMs: usedNs / 1e6 }
}

function allMemory(levels: readonly GroupMemory[]): GroupReading['memory'] {
  if (levels.length === 0) return null
  return {
    limitBytes: Math.min(...levels.map(({ limitBytes }) => limitBytes)),
    percent: Math.max(...levels.map(({ usedBytes, limitBytes }) => (usedBytes / limitBytes) * 100)),
  }
}

function isPositive(value: number | null | undefined): value is number {
  return value !== undefined && value !== null && value > 0
}

/** Null for `max`, and where there is no such file. */
function numberIn(text: string | null): number | null {
  const value = Number(text?.trim() || Number.NaN)
  return Number.isNaN(value) ? null : value
}

function fieldOf(text: string | null, name: string): number | null {
  return numberIn(new RegExp(`^${name} (\\d+)$`, 'm').exec(text ?? '')?.[1] ?? null)
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    // Not there, or not to be read: then nothing is known of a limit.
    return null
  }
}
