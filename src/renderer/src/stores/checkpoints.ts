import { create } from 'zustand'
import type { HostEvent } from './host-event.js'

/** How often checkpoints were saved or deleted since this window is open: whoever lists them reads them anew then. */
interface CheckpointsState {
  readonly moves: number
}

export const useCheckpoints = create<CheckpointsState>(() => ({ moves: 0 }))

export function reduceCheckpoints(state: CheckpointsState, event: HostEvent): CheckpointsState {
  if (event.name !== 'checkpoint.created' && event.name !== 'checkpoint.deleted') return state
  return { moves: state.moves + 1 }
}
