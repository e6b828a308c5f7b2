import { create } from 'zustand'
import type { Blocker } from '../../../shared/model/blocker.js'
import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import { type AnswersState, draftAnswer } from './answers.js'
import type { HostEvent } from './host-event.js'

export interface BlockersState {
  /** Those that were open when this window connected, and all that moved since. */
  readonly byId: Readonly<Record<string, Blocker>>
  /** `seq` of what was read last; older news is ignored. */
  readonly seq: number
}

export const NO_BLOCKERS: BlockersState = { byId: {}, seq: -1 }

export const useBlockers = create<BlockersState>(() => NO_BLOCKERS)

export function reduceBlockers(state: BlockersState, event: HostEvent): BlockersState {
  switch (event.name) {
    case 'blocker.created':
    case 'blocker.resolved':
    case 'blocker.expired':
    case 'blocker.cancelled': {
      const { blocker, seq } = event.params
      return seq <= state.seq ? state : withBlocker(state, blocker)
    }
    default:
      return state
  }
}

/** All that are open, whatever was known before. `seq` is that of the first page that was read. */
export function blockersFrom(blockers: readonly Blocker[], seq: number): BlockersState {
  return { byId: Object.fromEntries(blockers.map((blocker) => [blocker.id, blocker])), seq }
}

/** One that the host answered with. */
export function withBlocker(state: BlockersState, blocker: Blocker): BlockersState {
  return { ...state, byId: { ...state.byId, [blocker.id]: blocker } }
}

/**
 * `missed`: it ended with another answer, or none, while this window held an answer to it; it stays in sight so that
 * what was typed is not lost. `done`: there is nothing more to do.
 */
export type Standing = 'open' | 'missed' | 'done'

export function standingOf(blocker: Blocker, answers: AnswersState): Standing {
  if (blocker.state === 'open') return 'open'
  const own = [draftAnswer(blocker.id, answers), answers.sent[blocker.id]?.text]
  const lost = own.some((text) => text?.trim() && text.trim() !== blocker.answer)
  return lost ? 'missed' : 'done'
}

interface Where {
  readonly taskId?: TaskId
  readonly conversationId?: ConversationId
}

/** Questions that want an answer or were answered elsewhere meanwhile, oldest first. */
export function pendingQuestions(
  { byId }: Pick<BlockersState, 'byId'>,
  answers: AnswersState,
  { taskId, conversationId }: Where = {},
): readonly Blocker[] {
  return Object.values(byId)
    .filter(
      (blocker) =>
        (taskId === undefined || blocker.taskId === taskId) &&
        (conversationId === undefined || blocker.conversationId === conversationId) &&
        standingOf(blocker, answers) !== 'done',
    )
    .sort((a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id))
}

export function openCount({ byId }: Pick<BlockersState, 'byId'>): number {
  return Object.values(byId).filter(({ state }) => state === 'open').length
}
