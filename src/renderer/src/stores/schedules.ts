import { create } from 'zustand'
import type { ScheduleId } from '../../../shared/model/ids.js'
import type { ScheduleView } from '../../../shared/model/schedule.js'
import type { HostEvent } from './host-event.js'

export interface SchedulesState {
  readonly byId: Readonly<Record<ScheduleId, ScheduleView>>
  /** `seq` of the page that was read last; older news is ignored. */
  readonly seq: number
  readonly loaded: boolean
  /** Why they could not be read; null when they were. */
  readonly error: string | null
}

export interface SchedulePage {
  readonly schedules: readonly ScheduleView[]
  readonly seq: number
}

export const NO_SCHEDULES: SchedulesState = { byId: {}, seq: -1, loaded: false, error: null }

export const useSchedules = create<SchedulesState>(() => NO_SCHEDULES)

export function reduceSchedules(state: SchedulesState, event: HostEvent): SchedulesState {
  switch (event.name) {
    case 'schedule.changed': {
      const { schedule, scheduleId, seq } = event.params
      if (seq <= state.seq) return state
      return { ...state, byId: { ...state.byId, [scheduleId]: schedule } }
    }
    case 'schedule.deleted': {
      const { [event.params.scheduleId]: gone, ...byId } = state.byId
      return gone === undefined || event.params.seq <= state.seq ? state : { ...state, byId }
    }
    default:
      return state
  }
}

/** All that the host has, whatever was known before. */
export function schedulesFrom({ schedules, seq }: SchedulePage): SchedulesState {
  const byId = Object.fromEntries(schedules.map((schedule) => [schedule.scheduleId, schedule]))
  return { byId, seq, loaded: true, error: null }
}

export function oldestFirst({ byId }: SchedulesState): readonly ScheduleView[] {
  return Object.values<ScheduleView>(byId).sort((a, b) => a.createdAt - b.createdAt)
}

/**
 * True when a run of a known schedule began, waits again or ended. Events about schedules tell only
 * some of that, so they have to be read anew.
 */
export function movesRun(state: SchedulesState, event: HostEvent): boolean {
  switch (event.name) {
    case 'task.started':
    case 'task.waiting':
    case 'task.completed':
    case 'task.failed':
    case 'task.cancelled': {
      const { taskId } = event.params
      return Object.values<ScheduleView>(state.byId).some(
        (schedule) => schedule.taskId === taskId || schedule.lastRun?.taskId === taskId,
      )
    }
    default:
      return false
  }
}
