import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a container (a control group of Linux, cgroups(7)) allows and takes. */
export interface GroupReading {
  /** Null without a limit. */
  readonly memory: { readonly usedBytes: number; readonly limitBytes: number } | null
  /** Time on processors so far, and how many of them it may use at once; null without a limit. */
  readonly cpu: { readonly usedMs: number; readonly cores: number } | null
}

export type ReadText = (path: string) => string | null

const ROOT = '/sys/fs/cgroup'
/** Version 1 says "no limit" with a number near 2^63. */
const NO_LIMIT = 2 ** 60

/** The tightest limits of the group that this process is in and of those around it. */
export function readGroup(read: ReadText = readText): GroupReading {
  const lines = (read('/proc/self/cgroup') ?? '').split('\n')
  const unified = lines.find((line) => line.startsWith('0::'))?.slice(3)
  if (unified !== undefined && read(join(ROOT, 'cgroup.controllers')) !== null) {
    const folders = upwards(unified).map((path) => join(ROOT, path))
    return {
      memory: tightest(folders.map((folder) => memoryOf(folder, read))),
      cpu: slowest(folders.map((folder) => cpuOf(folder, read))),
    }
  }
  const foldersOf = (controller: string) => {
    const line = lines.find((text) => (text.split(':')[1] ?? '').split(',').includes(controller))
    return upwards(line?.split(':').slice(2).join(':') ?? '/').map((path) =>
      join(ROOT, controller, path),
    )
  }
  return {
    memory: tightest(foldersOf('memory').map((folder) => oldMemoryOf(folder, read))),
    cpu: slowest(foldersOf('cpu').map((folder) => oldCpuOf(folder, read))),
  }
}

/** `/a/b` → `/a/b`, `/a`, `/`. In a container of its own the path outside is not to be seen. */
function upwards(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..')
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`).concat('/')
}

function memoryOf(folder: string, read: ReadText): GroupReading['memory'] {
  const limitBytes = numberIn(read(join(folder, 'memory.max')))
  const current = numberIn(read(join(folder, 'memory.current')))
  if (limitBytes === null || current === null) return null
  const cache = fieldOf(read(join(folder, 'memory.stat')), 'inactive_file') ?? 0
  return { limitBytes, usedBytes: Math.max(0, current - cache) }
}

function oldMemoryOf(folder: string, read: ReadText): GroupReading['memory'] {
  const limitBytes = numberIn(read(join(folder, 'memory.limit_in_bytes')))
  const current = numberIn(read(join(folder, 'memory.usage_in_bytes')))
  if (limitBytes === null || limitBytes >= NO_LIMIT || current === null) return null
  const cache = fieldOf(read(join(folder, 'memory.stat')), 'total_inactive_file') ?? 0
  return { limitBytes, usedBytes: Math.max(0, current - cache) }
}

function cpuOf(folder: string, read: ReadText): GroupReading['cpu'] {
  const [quota, period] = (read(join(folder, 'cpu.max')) ?? '').trim().split(' ').map(Number)
  const usedUs = fieldOf(read(join(folder, 'cpu.stat')), 'usage_usec')
  if (!isPositive(quota) || !isPositive(period) || usedUs === null) return null
  return { cores: quota / period, usedMs: usedUs / 1000 }
}

function oldCpuOf(folder: string, read: ReadText): GroupReading['cpu'] {
  const quota = numberIn(read(join(folder, 'cpu.cfs_quota_us')))
  const period = numberIn(read(join(folder, 'cpu.cfs_period_us')))
  const usedNs = numberIn(read(join(folder.replace('/cpu/', '/cpuacct/'), 'cpuacct.usage')))
  if (!isPositive(quota) || !isPositive(period) || usedNs === null) return null
  return { cores: quota / period, usedMs: usedNs / 1e6 }
}

function tightest(all: readonly GroupReading['memory'][]): GroupReading['memory'] {
  const left = (group: NonNullable<GroupReading['memory']>) => group.limitBytes - group.usedBytes
  return all.reduce(
    (best, group) => (group !== null && (best === null || left(group) < left(best)) ? group : best),
    null,
  )
}

function slowest(all: readonly GroupReading['cpu'][]): GroupReading['cpu'] {
  return all.reduce(
    (best, group) => (group !== null && (best === null || group.cores < best.cores) ? group : best),
    null,
  )
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
