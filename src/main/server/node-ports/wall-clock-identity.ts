import type { ProcessIdentity } from '../../core/ports.js'
import { type ProcessEntry, sendSignal } from './process-table.js'

/**
 * Where asking for a start time means running a program, the instant at which we started the
 * process stands for it. The system's own figure, read later, must lie near.
 */
const TOLERANCE_MS = 3000

export function startTimeNow(pid: number): string {
  const startedAtMs = pid === process.pid ? Date.now() - process.uptime() * 1000 : Date.now()
  return `ms:${Math.round(startedAtMs)}`
}

/** `startedAt` of the entry is epoch ms. */
export function isSameByClock(entry: ProcessEntry, identity: ProcessIdentity): boolean {
  const noted = notedMs(identity)
  return (
    entry.pid === identity.pid &&
    noted !== null &&
    Math.abs(entry.startedAt - noted) <= TOLERANCE_MS
  )
}

export function earliestStartByClock(identity: ProcessIdentity): number {
  const noted = notedMs(identity)
  return noted === null ? Number.NEGATIVE_INFINITY : noted - TOLERANCE_MS
}

function notedMs({ startTime }: ProcessIdentity): number | null {
  const noted = /^ms:(\d+)$/.exec(startTime ?? '')?.[1]
  return noted === undefined ? null : Number(noted)
}

/** `startedAtMs` asks the system, and answers null for a process that is gone. */
export function isAliveByClock(
  identity: ProcessIdentity,
  startedAtMs: (pid: number) => number | null,
): boolean {
  if (!sendSignal(identity.pid, 0)) return false
  if (identity.startTime === null || identity.pid === process.pid) return true
  const startedAt = startedAtMs(identity.pid)
  const entry = { pid: identity.pid, parent: 0, group: 0, session: 0, memoryBytes: 0, cpuMs: 0 }
  return startedAt !== null && isSameByClock({ ...entry, startedAt }, identity)
}
