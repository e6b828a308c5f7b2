import { create } from 'zustand'
import { USER } from '../../../shared/model/agent.js'
import type { MailId } from '../../../shared/model/ids.js'
import type { MailView } from '../../../shared/model/mail.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import type { HostEvent } from './host-event.js'

/** By its last mail. */
export type Thread = ResultOf<'mail.threads'>['threads'][number]

export interface MailState {
  /** Whose threads these are. */
  readonly sessionId: string | null
  readonly threads: Readonly<Record<MailId, Thread>>
  /** `seq` of the page that was read last; older news is ignored. */
  readonly seq: number
  /** Leads to older threads; null when all are here. */
  readonly olderCursor: string | null
  readonly loaded: boolean
  readonly error: string | null
  /** `seq` of the last event about a thread: a thread that is open is read again when it grows. */
  readonly touched: Readonly<Record<MailId, number>>
  /** What the person has not handled yet, with the session of each: of all sessions. */
  readonly forUser: Readonly<Record<MailId, string>>
}

export const NO_MAIL: MailState = {
  sessionId: null,
  threads: {},
  seq: -1,
  olderCursor: null,
  loaded: false,
  error: null,
  touched: {},
  forUser: {},
}

export const useMail = create<MailState>(() => NO_MAIL)

export function reduceMail(state: MailState, event: HostEvent): MailState {
  if (event.name !== 'mail.received' && event.name !== 'mail.updated') return state
  const { mail, sessionId, seq } = event.params
  const next: MailState = {
    ...state,
    touched: { ...state.touched, [mail.threadId]: seq },
    forUser: withUserMail(state.forUser, mail, sessionId),
  }
  if (sessionId !== state.sessionId || seq <= state.seq) return next
  const known = state.threads[mail.threadId]
  if (event.name === 'mail.updated' && known?.last.mailId !== mail.mailId) return next
  const more = event.name === 'mail.received' && known?.last.mailId !== mail.mailId ? 1 : 0
  const thread = { last: mail, count: (known?.count ?? 0) + more }
  return { ...next, threads: { ...state.threads, [mail.threadId]: thread } }
}

/** The newest page of a session: nothing older is kept. */
export function withNewestThreads(
  state: MailState,
  sessionId: string,
  { threads, nextCursor, seq }: ResultOf<'mail.threads'>,
): MailState {
  const page = { sessionId, seq, olderCursor: nextCursor, loaded: true, error: null }
  return { ...state, ...page, threads: byThread(threads) }
}

/** One page more, behind what is there. */
export function withOlderThreads(
  state: MailState,
  sessionId: string,
  { threads, nextCursor }: ResultOf<'mail.threads'>,
): MailState {
  if (sessionId !== state.sessionId) return state
  // What was there was told of later.
  return { ...state, olderCursor: nextCursor, threads: { ...byThread(threads), ...state.threads } }
}

/** What waits for the person in one session, whatever was known of it before. */
export function withInbox(
  state: MailState,
  sessionId: string,
  mails: readonly MailView[],
): MailState {
  const others = Object.entries(state.forUser).filter(([, session]) => session !== sessionId)
  const here = mails.map(({ mailId }) => [mailId, sessionId] as const)
  return { ...state, forUser: Object.fromEntries([...others, ...here]) }
}

export function newestThreads({ threads }: MailState): readonly Thread[] {
  return Object.values<Thread>(threads).sort(
    (a, b) => b.last.createdAt - a.last.createdAt || (a.last.mailId < b.last.mailId ? 1 : -1),
  )
}

/** How much waits for the person: in one session, or in all of them. */
export function unreadCount({ forUser }: MailState, sessionId?: string | null): number {
  const sessions = Object.values<string>(forUser)
  return sessionId === undefined
    ? sessions.length
    : sessions.filter((session) => session === sessionId).length
}

function byThread(threads: readonly Thread[]): MailState['threads'] {
  return Object.fromEntries(threads.map((thread) => [thread.last.threadId, thread]))
}

function withUserMail(
  forUser: MailState['forUser'],
  mail: MailView,
  sessionId: string,
): MailState['forUser'] {
  if (mail.to !== USER) return forUser
  if (mail.state === 'unread') return { ...forUser, [mail.mailId]: sessionId }
  const { [mail.mailId]: _handled, ...rest } = forUser
  return rest
}
