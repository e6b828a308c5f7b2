import type { MachineReading, ResourceLimits } from '../../../shared/model/queue.js'
import type { WaitReason } from '../../../shared/model/task.js'
import { NO_SHARE, type Share } from './forecast.js'
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
  /** What running tasks will probably take beyond what the gauges show. */
  readonly toCome: Share
}

/** A task that wants to start. */
export interface Candidate {
  readonly lane: Lane
  readonly waitSinceMs: number
  /** What it will probably take. */
  readonly need: Share
}

export interface Hold {
  readonly reason: Extract<WaitReason, 'paused' | 'limit' | 'memory' | 'cpu'>
  readonly detail: string
}

/**
 * Why this task may not start now; null when it may. The answer that a person reads is the one that
 * decides.
 */
export function holdOn(state: AdmissionState, task: Candidate, nowMs: number): Hold | null {
  const full = holdOfLane(state, task.lane)
  if (full !== null) return full
  const isAlone = runningTotal(state.running) === 0
  if (isAlone && nowMs - task.waitSinceMs >= GRACE_MS) return null
  return holdOfMachine(state, task.need, isAlone)
}

/** Why no task of this lane may start, whatever it is and whatever the machine does. */
export function holdOfLane(state: AdmissionState, lane: Lane): Hold | null {
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
  if (state.running[lane] < capacity) return null
  return {
    reason: 'limit',
    detail: `${state.running[lane]} of ${capacity} ${LANE_WORDS[lane]} are running.`,
  }
}

function holdOfMachine(state: AdmissionState, need: Share, isAlone: boolean): Hold | null {
  const { machine, limits, toCome } = state
  if (state.memoryClosed) {
    return {
      reason: 'memory',
      detail: busy('Memory', machine.memory, limits.memoryThreshold, isAlone),
    }
  }
  const memory = { reading: machine.memory, threshold: limits.memoryThreshold }
  const memoryHold = tooMuch('Memory', { ...memory, need: need.memory, toCome: toCome.memory })
  if (memoryHold !== null) return { reason: 'memory', detail: sentence(memoryHold, isAlone) }
  if (state.cpuClosed) {
    return { reason: 'cpu', detail: busy('CPU', machine.cpu, limits.cpuThreshold, isAlone) }
  }
  // Alone a task may take the whole processor: others wait for their turn, nothing breaks.
  if (isAlone) return null
  const cpu = { reading: machine.cpu, threshold: limits.cpuThreshold }
  const cpuHold = tooMuch('CPU', { ...cpu, need: need.cpu, toCome: toCome.cpu })
  return cpuHold === null ? null : { reason: 'cpu', detail: sentence(cpuHold, isAlone) }
}

/** What a forecast says against a start; null when it fits, nothing is known, or the gauge is off. */
function tooMuch(
  what: string,
  figures: {
    readonly reading: number | null
    readonly threshold: number
    readonly need: number
    readonly toCome: number
  },
): string[] | null {
  const { reading, threshold, need, toCome } = figures
  if (threshold >= 100 || reading === null || need <= 0) return null
  if (reading + toCome + need <= threshold) return null
  const parts = [
    `${what} is at ${percent(reading)}, and this task probably needs ${percent(need)} by past runs`,
  ]
  if (toCome >= 1) parts.push(`running ones will probably take ${percent(toCome)} more`)
  parts.push(`together above the limit of ${threshold} %`)
  return parts
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

/** A task of which nothing is known but its lane, and which has waited long enough. */
export function anyTaskOf(lane: Lane): Candidate {
  return { lane, waitSinceMs: Number.NEGATIVE_INFINITY, need: NO_SHARE }
}

const LANE_WORDS: Readonly<Record<Lane, string>> = {
  agent: 'agents',
  build: 'builds',
  e2e_test: 'end-to-end tests',
  command: 'commands',
}

/** @param isAlone nothing runs, so that the grace time counts */
function busy(what: string, reading: number | null, threshold: number, isAlone: boolean): string {
  const figure = percent(reading ?? 0)
  const parts =
    (reading ?? 0) > threshold
      ? [`${what} is at ${figure}, above the limit of ${threshold} %`]
      : [
          `${what} is at ${figure} and was above the limit of ${threshold} %`,
          `it must fall to ${threshold - HYSTERESIS} %`,
        ]
  return sentence(parts, isAlone)
}

function sentence(parts: readonly string[], isAlone: boolean): string {
  const grace = isAlone ? [`one task runs anyway after ${GRACE_MS / 1000} s`] : []
  return `${[...parts, ...grace].join('; ')}.`
}

function percent(value: number): string {
  return `${Math.round(value)} %`
}
