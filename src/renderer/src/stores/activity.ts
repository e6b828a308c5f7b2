import { create } from 'zustand'
import type { EventName } from '../../../shared/rpc/contract.js'
import type { HostEvent } from './host-event.js'

/** How often something happened that figures tell of; only another number says that they may be others. */
export interface ActivityState {
  readonly changes: number
}

export const useActivity = create<ActivityState>(() => ({ changes: 0 }))

const CHANGE_FIGURES: ReadonlySet<EventName> = new Set([
  'task.created',
  'task.started',
  'task.waiting',
  'task.completed',
  'task.failed',
  'task.cancelled',
  'task.correction_attempt',
  'chat.message',
])

export function reduceActivity(state: ActivityState, { name }: HostEvent): ActivityState {
  return CHANGE_FIGURES.has(name) ? { changes: state.changes + 1 } : state
}
