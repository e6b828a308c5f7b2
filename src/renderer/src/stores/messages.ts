import { create } from 'zustand'
import type { ChatMessage } from '../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../shared/model/ids.js'
import type { HostEvent, HostEventOf } from './host-event.js'

/** What is known of one conversation's messages, oldest first. */
export interface Thread {
  readonly order: readonly MessageId[]
  readonly byId: Readonly<Record<MessageId, ChatMessage>>
  /** The reply that grows, kept apart: with each word one object changes, however long the thread is. */
  readonly live: ChatMessage | null
  /** `seq` of the event or page that last set a message; older news about it is ignored. */
  readonly seqOf: Readonly<Record<MessageId, number>>
  /** Leads to older messages; null when the first one is here. */
  readonly olderCursor: string | null
  readonly loaded: boolean
  /** What the assistant does besides speaking, in the host's words. */
  readonly activity: string | null
  readonly speaking: MessageId | null
  /** True when text was missed: the history has to be read again. */
  readonly stale: boolean
}

export interface MessagesState {
  readonly threads: Readonly<Record<ConversationId, Thread>>
}

export interface HistoryPage {
  readonly messages: readonly ChatMessage[]
  readonly nextCursor: string | null
  readonly seq: number
}

export const NO_THREAD: Thread = {
  order: [],
  byId: {},
  live: null,
  seqOf: {},
  olderCursor: null,
  loaded: false,
  activity: null,
  speaking: null,
  stale: false,
}

export const useMessages = create<MessagesState>(() => ({ threads: {} }))

/** A message as it is now. */
export function messageIn(thread: Thread | undefined, id: MessageId): ChatMessage | undefined {
  return thread?.live?.messageId === id ? thread.live : thread?.byId[id]
}

export function reduceMessages(state: MessagesState, event: HostEvent): MessagesState {
  switch (event.name) {
    case 'chat.message':
      return inThread(state, event.params.conversationId, (thread) => withMessage(thread, event))
    case 'chat.removed':
      return inThread(state, event.params.conversationId, (thread) =>
        without(thread, event.params.messageId),
      )
    case 'chat.delta':
      return inThread(state, event.params.conversationId, (thread) => withDelta(thread, event))
    case 'chat.activity':
      return inThread(state, event.params.conversationId, (thread) => withActivity(thread, event))
    case 'chat.changed': {
      if (event.params.change !== 'deleted') return state
      const { [event.params.conversationId]: gone, ...threads } = state.threads
      return gone === undefined ? state : { threads }
    }
    default:
      return state
  }
}

/** Puts the newest page of the host's history into what is known; later events win over it. */
export function withNewestPage(
  state: MessagesState,
  id: ConversationId,
  page: HistoryPage,
): MessagesState {
  const known = state.threads[id] ?? NO_THREAD
  // Where the page does not reach what is known, something in between is missing: begin anew.
  const joined = !known.loaded || overlaps(known, page)
  const base = withPage(joined ? known : emptied(known), page)
  const olderCursor = known.loaded && joined ? known.olderCursor : page.nextCursor
  return put(state, id, { ...base, olderCursor, loaded: true, stale: false })
}

/** Puts a page of older messages before what is known. */
export function withOlderPage(
  state: MessagesState,
  id: ConversationId,
  page: HistoryPage,
): MessagesState {
  const known = state.threads[id]
  if (known === undefined) return state
  return put(state, id, { ...withPage(known, page), olderCursor: page.nextCursor })
}

/** After a lost connection nobody knows who speaks: the next page and events say so anew. */
export function quietened(state: MessagesState): MessagesState {
  const threads = Object.fromEntries(
    Object.entries(state.threads).map(([id, thread]) => [
      id,
      { ...thread, activity: null, speaking: null, stale: thread.loaded },
    ]),
  )
  return { threads }
}

function inThread(
  state: MessagesState,
  id: ConversationId,
  change: (thread: Thread) => Thread,
): MessagesState {
  const thread = state.threads[id] ?? NO_THREAD
  const next = change(thread)
  return next === thread ? state : put(state, id, next)
}

function put(state: MessagesState, id: ConversationId, thread: Thread): MessagesState {
  return { threads: { ...state.threads, [id]: thread } }
}

function withMessage(thread: Thread, event: HostEventOf<'chat.message'>): Thread {
  const { seq, at: _at, ...message } = event.params
  if (seq <= (thread.seqOf[message.messageId] ?? -1)) return thread
  const next = upsert(thread, message, seq)
  const ended = thread.speaking === message.messageId && message.state !== 'streaming'
  return ended ? { ...next, speaking: null } : next
}

function withDelta(thread: Thread, event: HostEventOf<'chat.delta'>): Thread {
  const { messageId, offset, text, at } = event.params
  const known = messageIn(thread, messageId)
  if (known === undefined) {
    if (offset > 0) return thread.stale ? thread : { ...thread, stale: true }
    return upsert(thread, newReply(thread, event.params, at, text), -1)
  }
  // A retry speaks anew into the message that failed.
  const again = offset === 0 && (known.state === 'failed' || known.state === 'stopped')
  if (known.state !== 'streaming' && !again) return thread
  if (offset > known.text.length) return thread.stale ? thread : { ...thread, stale: true }
  const message: ChatMessage = again
    ? begunAnew(known, text)
    : { ...known, text: known.text.slice(0, offset) + text }
  if (thread.live === null || thread.live.messageId === messageId) {
    return { ...thread, live: message }
  }
  // Another one speaks now: what was heard of the one before stays.
  const byId = { ...thread.byId, [thread.live.messageId]: thread.live }
  return { ...thread, byId, live: message }
}

function withActivity(thread: Thread, event: HostEventOf<'chat.activity'>): Thread {
  const { busy, messageId, detail, at } = event.params
  if (!busy) return { ...thread, activity: null, speaking: null }
  const next: Thread = { ...thread, activity: detail ?? null, speaking: messageId ?? null }
  if (messageId === undefined || next.byId[messageId] !== undefined) return next
  return upsert(next, newReply(thread, { ...event.params, messageId }, at, ''), -1)
}

/** A reply of which only live news has come; its place is known when it ends or is read. */
function newReply(
  thread: Thread,
  params: { readonly conversationId: ConversationId; readonly messageId: MessageId },
  createdAt: number,
  text: string,
): ChatMessage {
  const { conversationId, messageId } = params
  const before = Object.values(thread.byId)
    .filter((message) => message.state !== 'queued')
    .reduce((highest, message) => Math.max(highest, message.order), 0)
  const order = before + 0.5
  return {
    conversationId,
    messageId,
    role: 'assistant',
    text,
    state: 'streaming',
    createdAt,
    order,
  }
}

function begunAnew({ error: _error, ...message }: ChatMessage, text: string): ChatMessage {
  return { ...message, text, activities: [], state: 'streaming' }
}

/** What is heard of a conversation that nobody has opened; the page that opens it reaches further. */
const KEPT_UNOPENED = 100

function upsert(thread: Thread, message: ChatMessage, seq: number): Thread {
  const next = withUpsert(thread, message, seq)
  if (thread.loaded || next.order.length <= 2 * KEPT_UNOPENED) return next
  const order = next.order.slice(-KEPT_UNOPENED)
  const kept = <T>(all: Readonly<Record<MessageId, T>>) =>
    Object.fromEntries(order.flatMap((id) => (all[id] === undefined ? [] : [[id, all[id]]])))
  return { ...next, order, byId: kept(next.byId), seqOf: kept(next.seqOf) }
}

function withUpsert(thread: Thread, message: ChatMessage, seq: number): Thread {
  const { messageId } = message
  const byId = { ...thread.byId, [messageId]: message }
  return {
    ...thread,
    order: orderWith(thread, byId, message),
    byId,
    live: thread.live?.messageId === messageId ? null : thread.live,
    seqOf: { ...thread.seqOf, [messageId]: seq },
  }
}

/** Mostly a message stays where it is or comes last: then nothing has to be sorted. */
function orderWith(
  { order, byId: before }: Thread,
  byId: Thread['byId'],
  message: ChatMessage,
): readonly MessageId[] {
  const known = before[message.messageId]
  if (known?.order === message.order) return order
  const last = order.at(-1)
  const isNewest = last === undefined || (before[last]?.order ?? 0) < message.order
  return known === undefined && isNewest ? [...order, message.messageId] : ordered(byId)
}

function without(thread: Thread, messageId: MessageId): Thread {
  const { [messageId]: gone, ...byId } = thread.byId
  if (gone === undefined) return thread
  return { ...thread, byId, order: thread.order.filter((id) => id !== messageId) }
}

function ordered(byId: Thread['byId']): readonly MessageId[] {
  return Object.values(byId)
    .sort((a, b) => a.order - b.order || a.createdAt - b.createdAt)
    .map((message) => message.messageId)
}

function withPage(thread: Thread, page: HistoryPage): Thread {
  const byId = { ...thread.byId }
  const seqOf = { ...thread.seqOf }
  let { live } = thread
  for (const message of page.messages) {
    const local = messageIn(thread, message.messageId)
    if (local !== undefined && isNewer(local, seqOf[message.messageId] ?? -1, message, page.seq)) {
      continue
    }
    byId[message.messageId] = message
    seqOf[message.messageId] = page.seq
    if (live?.messageId === message.messageId) live = null
  }
  const speaking = page.messages.findLast(
    (message) => byId[message.messageId]?.state === 'streaming',
  )
  return {
    ...thread,
    live,
    byId,
    seqOf,
    order: ordered(byId),
    speaking: thread.speaking ?? speaking?.messageId ?? null,
  }
}

function isNewer(
  local: ChatMessage,
  localSeq: number,
  page: ChatMessage,
  pageSeq: number,
): boolean {
  if (localSeq > pageSeq) return true
  // Deltas have no seq: of two partial texts the longer one is the later one.
  return (
    local.state === 'streaming' &&
    page.state === 'streaming' &&
    local.text.length > page.text.length
  )
}

function overlaps(thread: Thread, page: HistoryPage): boolean {
  return page.messages.length === 0 || page.messages.some((m) => thread.byId[m.messageId])
}

function emptied(thread: Thread): Thread {
  return { ...NO_THREAD, activity: thread.activity, speaking: thread.speaking }
}
