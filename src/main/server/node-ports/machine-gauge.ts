import { readFileSync } from 'node:fs'
import { type CpuInfo, cpus, freemem, totalmem } from 'node:os'
import type { MachineReading } from '../../../shared/model/queue.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { Logger, MachineGauge } from '../../core/ports.js'
import { askProgram } from './ask-program.js'
import { type GroupReading, readGroup } from './cgroup.js'

const EVERY_MS = 1000
/** Weight of the newest figure: a step shows to two thirds after two seconds. */
const SMOOTHING = 0.4
/** How often macOS is asked, where it takes a program. */
const VM_STAT_EVERY_MS = 5000

/** Raw figures of the machine, percent or sums since its start; injected by tests. */
export interface MachineProbe {
  cpuTimes(): { readonly busy: number; readonly total: number }
  memoryPercent(): number
  /** What a container allows and takes, where there is one. */
  group?(): GroupReading
}

export interface OwnedMachineGauge extends MachineGauge {
  stop(): void
}

/** Reads the machine once a second until it is stopped; never keeps the process alive. */
export function startMachineGauge(
  logger: Logger,
  probe: MachineProbe & { stop?(): void } = createProbe(logger),
): OwnedMachineGauge {
  const listeners = new Set<(reading: MachineReading) => void>()
  let last = probe.cpuTimes()
  let lastGroup = { reading: probe.group?.() ?? NO_GROUP, atMs: performance.now() }
  const memoryBytes = Math.min(totalmem(), lastGroup.reading.memory?.limitBytes ?? totalmem())
  let reading: MachineReading = { cpu: null, memory: null }
  let failing = false

  const measure = () => {
    const times = probe.cpuTimes()
    const elapsed = times.total - last.total
    // No tick of any processor since the last look, as after a suspension: keep the figure.
    const cpu = elapsed > 0 ? ((times.busy - last.busy) / elapsed) * 100 : reading.cpu
    last = times
    const group = { reading: probe.group?.() ?? NO_GROUP, atMs: performance.now() }
    const ofGroup = groupPercent(lastGroup, group)
    lastGroup = group
    // Whatever is nearer to its end holds: the machine, or the part of it that this program may use.
    const higherCpu = cpu === null ? ofGroup.cpu : Math.max(cpu, ofGroup.cpu ?? 0)
    reading = {
      cpu: higherCpu === null ? null : smooth(reading.cpu, clampPercent(higherCpu)),
      memory: smooth(
        reading.memory,
        clampPercent(Math.max(probe.memoryPercent(), ofGroup.memory ?? 0)),
      ),
    }
  }
  const tick = () => {
    try {
      measure()
      failing = false
    } catch (error) {
      if (!failing) logger.warn({ error }, `the machine cannot be read: ${messageOf(error)}`)
      failing = true
      return
    }
    for (const listener of listeners) {
      try {
        listener(reading)
      } catch (error) {
        logger.error({ error }, 'a listener of the machine gauge threw')
      }
    }
  }
  const timer = setInterval(tick, EVERY_MS)
  timer.unref()

  return {
    memoryBytes,
    read: () => reading,
    onReading(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      clearInterval(timer)
      listeners.clear()
      probe.stop?.()
    },
  }
}

const NO_GROUP: GroupReading = { memory: null, cpu: [] }

interface TimedGroup {
  readonly reading: GroupReading
  readonly atMs: number
}

/** How much of what a container allows is taken, at the level that is nearest to its limit. */
function groupPercent(before: TimedGroup, now: TimedGroup): MachineReading {
  const { memory, cpu } = now.reading
  const elapsedMs = now.atMs - before.atMs
  const isComparable = elapsedMs > 0 && cpu.length === before.reading.cpu.length
  const shares = cpu.map(({ usedMs, cores }, level) => {
    const usedBeforeMs = before.reading.cpu[level]?.usedMs ?? usedMs
    return ((usedMs - usedBeforeMs) / elapsedMs / cores) * 100
  })
  return {
    memory: memory?.percent ?? null,
    cpu: isComparable && shares.length > 0 ? Math.max(...shares) : null,
  }
}

function smooth(before: number | null, now: number): number {
  return before === null ? now : before + SMOOTHING * (now - before)
}

function clampPercent(value: number): number {
  return Math.min(100, Math.max(0, value))
}

function createProbe(logger: Logger): MachineProbe & { stop?(): void } {
  const cpuTimes = () => sumCpuTimes(cpus())
  switch (process.platform) {
    case 'linux':
      return { cpuTimes, memoryPercent: linuxMemoryPercent, group: () => readGroup() }
    case 'darwin':
      return { cpuTimes, ...watchVmStat(logger) }
    default:
      // Windows counts what it can give back at once as free.
      return { cpuTimes, memoryPercent: () => (1 - freemem() / totalmem()) * 100 }
  }
}

function sumCpuTimes(all: readonly CpuInfo[]): { busy: number; total: number } {
  let idle = 0
  let total = 0
  for (const { times } of all) {
    idle += times.idle
    total += times.user + times.nice + times.sys + times.idle + times.irq
  }
  return { busy: total - idle, total }
}

/** `MemFree` leaves out the caches, which the kernel gives back; `MemAvailable` counts them. */
function linuxMemoryPercent(): number {
  const text = readFileSync('/proc/meminfo', 'latin1')
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1])
  const percent = (1 - kib('MemAvailable') / kib('MemTotal')) * 100
  if (Number.isNaN(percent)) throw new Error('/proc/meminfo names no MemAvailable')
  return percent
}

/**
 * macOS keeps almost nothing free and gives back inactive, speculative and purgeable pages on
 * demand; counting only free ones would show a machine that is always full.
 */
function watchVmStat(logger: Logger): { memoryPercent: () => number; stop: () => void } {
  let percent: number | null = null
  const ask = async () => {
    try {
      percent = vmStatPercent((await askProgram('vm_stat', [])).text, totalmem())
    } catch (error) {
      logger.warn({ error }, 'vm_stat cannot be read')
    }
  }
  void ask()
  const timer = setInterval(() => void ask(), VM_STAT_EVERY_MS)
  timer.unref()
  return {
    // Before the first answer the machine counts as empty: nothing is held back without a reason.
    memoryPercent: () => percent ?? 0,
    stop: () => clearInterval(timer),
  }
}

/** Exported for its test. */
export function vmStatPercent(text: string, totalBytes: number): number {
  const pageSize = Number(/page size of (\d+) bytes/.exec(text)?.[1] ?? 4096)
  const pages = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  const available =
    pages('Pages free') +
    pages('Pages inactive') +
    pages('Pages speculative') +
    pages('Pages purgeable')
  return (1 - (available * pageSize) / totalBytes) * 100
}
