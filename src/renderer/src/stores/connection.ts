import { create } from 'zustand'

export type ConnectionPhase =
  | { readonly name: 'connecting' }
  | { readonly name: 'ready' }
  | { readonly name: 'reconnecting'; readonly reason: string }
  /** The host answers but does not let us in; trying again by itself would not help. */
  | { readonly name: 'refused'; readonly reason: string }

export interface ConnectionState {
  readonly phase: ConnectionPhase
  /** How far the host's clock is ahead of ours, in ms; small differences count as none. */
  readonly clockAheadMs: number
}

export const useConnection = create<ConnectionState>(() => ({
  phase: { name: 'connecting' },
  clockAheadMs: 0,
}))

const TOLERATED_SKEW_MS = 2000

export function clockAhead(hostNow: number, now: number): number {
  const difference = hostNow - now
  return Math.abs(difference) < TOLERATED_SKEW_MS ? 0 : difference
}
