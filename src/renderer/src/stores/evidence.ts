import { create } from 'zustand'
import type { Correction, Evidence } from '../../../shared/model/check.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import type { HostEvent } from './host-event.js'

/** What a check found; its output is only there once it was read. */
export type Finding = Omit<Evidence, 'output'> & { readonly output?: string }

export interface TaskEvidence {
  /** By round, and in a round by position. */
  readonly findings: readonly Finding[]
  /** By attempt. */
  readonly corrections: readonly Correction[]
  /** `seq` of the last event about it. */
  readonly seq: number
  /** Whether everything was read; else only what was heard of is here. */
  readonly complete: boolean
}

export type EvidenceState = Readonly<Record<TaskId, TaskEvidence>>

export const NO_EVIDENCE: TaskEvidence = {
  findings: [],
  corrections: [],
  seq: -1,
  complete: false,
}

export const useEvidence = create<EvidenceState>(() => ({}))

export function reduceEvidence(state: EvidenceState, event: HostEvent): EvidenceState {
  if (event.name !== 'task.checked' && event.name !== 'task.correction_attempt') return state
  const { taskId, seq } = event.params
  const known = state[taskId] ?? NO_EVIDENCE
  if (seq <= known.seq) return state
  const next =
    event.name === 'task.checked'
      ? { ...known, seq, findings: joined(known.findings, [event.params.evidence], placeOf) }
      : { ...known, seq, corrections: joined(known.corrections, [event.params.correction], tryOf) }
  return { ...state, [taskId]: next }
}

/** Takes over what the host has on record; what was told after that stays. */
export function withEvidence(
  state: EvidenceState,
  taskId: TaskId,
  read: ResultOf<'task.evidence'>,
): EvidenceState {
  const known = state[taskId] ?? NO_EVIDENCE
  const isNewer = known.seq > read.seq
  const findings = isNewer ? joined(read.evidence, known.findings, placeOf) : read.evidence
  const corrections = isNewer
    ? joined(read.corrections, known.corrections, tryOf)
    : read.corrections
  const seq = Math.max(known.seq, read.seq)
  return { ...state, [taskId]: { findings, corrections, seq, complete: true } }
}

/** What each check found when it was made last, by position. */
export function newestFindings({ findings }: TaskEvidence): readonly Finding[] {
  const newest = new Map(findings.map((finding) => [finding.position, finding]))
  return [...newest.values()].sort((a, b) => a.position - b.position)
}

/** Whether a check did not pass when it was made last. */
export function hasFailed(evidence: TaskEvidence | undefined): boolean {
  return evidence !== undefined && newestFindings(evidence).some(({ passed }) => !passed)
}

/** The same found again, such as after a crash, takes the place of what was there; an output is kept. */
function joined<T extends object>(
  before: readonly T[],
  later: readonly T[],
  orderOf: (item: T) => number,
): readonly T[] {
  const byOrder = new Map(before.map((item) => [orderOf(item), item]))
  for (const item of later) {
    const known = byOrder.get(orderOf(item))
    const isSame = known !== undefined && 'at' in known && 'at' in item && known.at === item.at
    byOrder.set(orderOf(item), isSame ? { ...known, ...item } : item)
  }
  return [...byOrder.values()].sort((a, b) => orderOf(a) - orderOf(b))
}

const MOST_CHECKS = 1000

function placeOf({ round, position }: Finding): number {
  return round * MOST_CHECKS + position
}

function tryOf({ attempt }: Correction): number {
  return attempt
}
