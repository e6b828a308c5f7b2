import { create } from 'zustand'
import type { Conversation } from '../../../shared/model/chat.js'
import type { ConversationId } from '../../../shared/model/ids.js'
import type { HostEvent, HostEventOf } from './host-event.js'

export interface ConversationsState {
  readonly byId: Readonly<Record<ConversationId, Conversation>>
  /** False until the host has answered for the first time. */
  readonly loaded: boolean
}

export const NO_CONVERSATIONS: ConversationsState = { byId: {}, loaded: false }

export const useConversations = create<ConversationsState>(() => NO_CONVERSATIONS)

/** What the host answered replaces everything: `busy` and deletions are only known from there. */
export function conversationsFrom(list: readonly Conversation[]): ConversationsState {
  return {
    byId: Object.fromEntries(
      list.map((conversation) => [conversation.conversationId, conversation]),
    ),
    loaded: true,
  }
}

export function reduceConversations(
  state: ConversationsState,
  event: HostEvent,
): ConversationsState {
  switch (event.name) {
    case 'chat.changed':
      return changed(state, event.params)
    case 'chat.message':
      return patch(state, event.params.conversationId, { updatedAt: event.params.at })
    case 'chat.activity':
      return patch(state, event.params.conversationId, { busy: event.params.busy })
    default:
      return state
  }
}

/** Newest first, as the list shows them. */
export function newestFirst(state: ConversationsState): readonly Conversation[] {
  return Object.values(state.byId).sort(
    (a, b) => b.updatedAt - a.updatedAt || b.conversationId.localeCompare(a.conversationId),
  )
}

function changed(
  state: ConversationsState,
  params: HostEventOf<'chat.changed'>['params'],
): ConversationsState {
  const { conversationId, change, title, at, branchedFrom } = params
  if (change === 'deleted') {
    const { [conversationId]: gone, ...rest } = state.byId
    return gone === undefined ? state : { ...state, byId: rest }
  }
  const known = state.byId[conversationId]
  const origin = branchedFrom && state.byId[branchedFrom.conversationId]
  const conversation: Conversation = known
    ? { ...known, title }
    : {
        conversationId,
        title,
        workspace: origin?.workspace ?? '',
        createdAt: at,
        updatedAt: at,
        busy: false,
        ...(branchedFrom === undefined ? {} : { branchedFrom }),
      }
  return { ...state, byId: { ...state.byId, [conversationId]: conversation } }
}

function patch(
  state: ConversationsState,
  id: ConversationId,
  change: Partial<Conversation>,
): ConversationsState {
  const known = state.byId[id]
  if (known === undefined) return state
  const same = Object.entries(change).every(
    ([key, value]) => known[key as keyof Conversation] === value,
  )
  return same ? state : { ...state, byId: { ...state.byId, [id]: { ...known, ...change } } }
}
