import { create } from 'zustand'
import { INBOX_KINDS, type InboxCounts, type InboxItem } from '../../../shared/model/inbox.js'
import type { HostEvent } from './host-event.js'

export interface InboxState {
  /** What holds up work first; null until the host has answered. */
  readonly items: readonly InboxItem[] | null
  readonly counts: InboxCounts
  /** Why it could not be read. */
  readonly error: string | null
}

const NONE = Object.fromEntries(INBOX_KINDS.map((kind) => [kind, 0])) as InboxCounts['byKind']

export const NO_INBOX: InboxState = {
  items: null,
  counts: { total: 0, byKind: NONE },
  error: null,
}

export const useInbox = create<InboxState>(() => NO_INBOX)

/** The figures come with the event; the items are read afterwards. */
export function reduceInbox(state: InboxState, event: HostEvent): InboxState {
  return event.name === 'inbox.changed' ? { ...state, counts: event.params.counts } : state
}
