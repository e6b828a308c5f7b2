import { execFileSync } from 'node:child_process'
import { z } from 'zod'
import { askProgram } from './ask-program.js'
import type { ProcessEntry, ProcessTable } from './process-table.js'
import {
  earliestStartByClock,
  isAliveByClock,
  isSameByClock,
  startTimeNow,
} from './wall-clock-identity.js'

const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, windowsHide: true } as const
const POWERSHELL = ['-NoProfile', '-NonInteractive', '-Command']
const LIST =
  'Get-CimInstance Win32_Process -Property ProcessId,ParentProcessId,WorkingSetSize,CreationDate,KernelModeTime,UserModeTime | ' +
  'Where-Object { $_.CreationDate } | ForEach-Object { [pscustomobject]@{ pid = $_.ProcessId; ' +
  'parent = $_.ParentProcessId; memoryBytes = $_.WorkingSetSize; ' +
  'cpuMs = ($_.KernelModeTime + $_.UserModeTime) / 10000; ' +
  'startedAt = ([DateTimeOffset]$_.CreationDate).ToUnixTimeMilliseconds() } } | ConvertTo-Json -Compress'

const Listed = z.array(
  z.object({
    pid: z.number(),
    parent: z.number(),
    memoryBytes: z.number(),
    cpuMs: z.number(),
    startedAt: z.number(),
  }),
)

/**
 * Windows tells neither groups nor the environment of others, but a process keeps the number of
 * its parent when that is gone, so that parents alone lead to the whole tree.
 */
export function createWindowsProcessTable(): ProcessTable {
  return {
    sampleEveryMs: 10_000,
    startTimeOf: startTimeNow,
    isAlive: (identity) => isAliveByClock(identity, startedAtMs),
    async list() {
      const { text } = await askProgram('powershell.exe', [...POWERSHELL, LIST])
      return parseList(text)
    },
    async marksOf() {
      return new Map()
    },
    earliestStart: earliestStartByClock,
    isSame: isSameByClock,
    async killByLeader(pid) {
      // 128: no such process. Any other failure shows in the list that is read next.
      await askProgram('taskkill.exe', ['/PID', String(pid), '/T', '/F'])
    },
  }
}

function startedAtMs(pid: number): number | null {
  const script = `([DateTimeOffset](Get-Process -Id ${pid} -ErrorAction Stop).StartTime).ToUnixTimeMilliseconds()`
  try {
    const at = Number(execFileSync('powershell.exe', [...POWERSHELL, script], options).trim())
    return Number.isNaN(at) ? null : at
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) return null
    throw error
  }
}

function parseList(text: string): ProcessEntry[] {
  return Listed.parse(JSON.parse(text)).map((entry) => ({ ...entry, group: 0, session: 0 }))
}
