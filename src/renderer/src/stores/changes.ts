import { create } from 'zustand'
import type { TaskId } from '../../../shared/model/ids.js'
import type { Worktree } from '../../../shared/model/worktree.js'
import type { HostEvent } from './host-event.js'

/** Where tasks work, as far as it was told of or read. */
export interface ChangesState {
  readonly byTask: Readonly<Record<TaskId, Worktree>>
  /** `seq` of what last set one; older news about it is ignored. */
  readonly seqOf: Readonly<Record<TaskId, number>>
}

export const NO_CHANGES: ChangesState = { byTask: {}, seqOf: {} }

export const useChanges = create<ChangesState>(() => NO_CHANGES)

export function reduceChanges(state: ChangesState, event: HostEvent): ChangesState {
  if (event.name !== 'change.updated') return state
  return withWorktree(state, event.params.worktree, event.params.seq)
}

/** As the host knew it at `seq`. */
export function withWorktree(state: ChangesState, worktree: Worktree, seq: number): ChangesState {
  const { taskId } = worktree
  if (seq < (state.seqOf[taskId] ?? -1)) return state
  return {
    byTask: { ...state.byTask, [taskId]: worktree },
    seqOf: { ...state.seqOf, [taskId]: seq },
  }
}

/** What nobody has decided about, read without a `seq`: any event about one of them is newer. */
export function withLeftovers(state: ChangesState, worktrees: readonly Worktree[]): ChangesState {
  return worktrees.reduce((next, worktree) => withWorktree(next, worktree, -1), state)
}
