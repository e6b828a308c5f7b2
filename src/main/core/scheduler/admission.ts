import type { MachineReading, ResourceLimits } from '../../../shared/model/queue.js'
import type { WaitReason } from '../../../shared/model/task.js'
import { HYSTERESIS } from './gauge-gate.js'
import { capacityOf, LANES, type Lane } from './lane.js'

/** If the machine stays busy, one task runs anyway after this time. */
export const GRACE_MS = 10_000

/** Everything that a decision about starts depends on. */
export interface AdmissionState {
  readonly paused: boolean
  readonly limits: ResourceLimits
  readonly running: Readonly<Record<Lane, number>>
  readonly machine: MachineReading
  /** Whether each gauge holds back starts at the moment (see `nextGate`). */
  readonly cpuClosed: boolean
  readonly memoryClosed: boolean
}

export interface Hold {
  readonly reason: Extract<WaitReason, 'paused' | 'limit' | 'memory' | 'cpu'>
  readonly detail: string
}

/**
 * Why a task of this lane that waits since `waitSinceMs` may not start now; null when it may. The
 * answer that a person reads is the one that decides.
 */
export function holdOn(
  state: AdmissionState,
  lane: Lane,
  waitSinceMs: number,
  nowMs: number,
): Hold | null {
  if (state.paused) return { reason: 'paused', detail: 'The queue is paused.' }
  const { limits } = state
  const total = runningTotal(state.running)
  if (total >= limits.maxConcurrentTasks) {
    return {
      reason: 'limit',
      detail: `${total} of ${limits.maxConcurrentTasks} tasks are running.`,
    }
  }
  const capacity = capacityOf(lane, limits)
  if (state.running[lane] >= capacity) {
    return {
      reason: 'limit',
      detail: `${state.running[lane]} of ${capacity} ${LANE_WORDS[lane]} are running.`,
    }
  }
  const isAlone = total === 0
  if (isAlone && nowMs - waitSinceMs >= GRACE_MS) return null
  const { machine } = state
  if (state.memoryClosed) {
    const detail = busy('Memory', machine.memory, limits.memoryThreshold, isAlone)
    return { reason: 'memory', detail }
  }
  if (state.cpuClosed) {
    return { reason: 'cpu', detail: busy('CPU', machine.cpu, limits.cpuThreshold, isAlone) }
  }
  return null
}

/** The reasons that hold back every start, most telling first. */
export function queueHolds(state: AdmissionState): Hold['reason'][] {
  const holds: Hold['reason'][] = []
  if (state.paused) holds.push('paused')
  if (runningTotal(state.running) >= state.limits.maxConcurrentTasks) holds.push('limit')
  if (state.memoryClosed) holds.push('memory')
  if (state.cpuClosed) holds.push('cpu')
  return holds
}

export function runningTotal(running: Readonly<Record<Lane, number>>): number {
  return LANES.reduce((sum, lane) => sum + running[lane], 0)
}

const LANE_WORDS: Readonly<Record<Lane, string>> = {
  agent: 'agents',
  build: 'builds',
  e2e_test: 'end-to-end tests',
  command: 'commands',
}

/** @param isAlone nothing runs, so that the grace time counts */
function busy(what: string, reading: number | null, threshold: number, isAlone: boolean): string {
  const percent = Math.round(reading ?? 0)
  const parts =
    (reading ?? 0) > threshold
      ? [`${what} is at ${percent} %, above the limit of ${threshold} %`]
      : [
          `${what} is at ${percent} % and was above the limit of ${threshold} %`,
          `it must fall to ${threshold - HYSTERESIS} %`,
        ]
  if (isAlone) parts.push(`one task runs anyway after ${GRACE_MS / 1000} s`)
  return `${parts.join('; ')}.`
}
