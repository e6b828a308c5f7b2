import { create } from 'zustand'
import type { BlockerId } from '../../../shared/model/ids.js'
import { remember, remembered } from './storage.js'

/**
 * Answers that the host has not accepted yet. A question is shown in several places at a time; what is typed in
 * one stands in all of them, and outlives a reload.
 */
export interface AnswersState {
  readonly drafts: Readonly<Record<string, string>>
  readonly sent: Readonly<Record<string, SentAnswer>>
}

interface SentAnswer {
  readonly text: string
  /** Null while the host has not answered. */
  readonly error: string | null
}

export const NO_ANSWERS: AnswersState = { drafts: {}, sent: {} }

export const useAnswers = create<AnswersState>(() => NO_ANSWERS)

export function draftAnswer(id: BlockerId, state: AnswersState): string {
  return state.drafts[id] ?? remembered(nameOf(id)) ?? ''
}

export function keepAnswer(id: BlockerId, text: string): void {
  remember(nameOf(id), text === '' ? null : text)
  useAnswers.setState(({ drafts }) => ({ drafts: { ...drafts, [id]: text } }))
}

export function answerSent(id: BlockerId, text: string): void {
  useAnswers.setState(({ sent }) => ({ sent: { ...sent, [id]: { text, error: null } } }))
}

export function answerFailed(id: BlockerId, text: string, error: string): void {
  useAnswers.setState(({ sent }) => ({ sent: { ...sent, [id]: { text, error } } }))
}

/** The host has taken the answer, or the person gives up theirs. */
export function forgetAnswer(id: BlockerId): void {
  remember(nameOf(id), null)
  useAnswers.setState((state) => {
    const { [id]: _draft, ...drafts } = state.drafts
    const { [id]: _sent, ...sent } = state.sent
    return { drafts, sent }
  })
}

function nameOf(id: BlockerId): string {
  return `draft.answer.${id}`
}
