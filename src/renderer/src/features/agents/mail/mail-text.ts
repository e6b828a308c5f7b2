import { USER } from '../../../../../shared/model/agent.js'
import type { MailState, MailView } from '../../../../../shared/model/mail.js'

const STATES: Readonly<Record<MailState, string>> = {
  unread: 'Unread',
  handling: 'Being handled',
  read: 'Read',
  handled: 'Handled',
  replied: 'Answered',
  failed: 'Failed',
  expired: 'Expired',
}

/** How far a mail is; what waits for the person is said to them. */
export function mailStateText({ state, to }: Pick<MailView, 'state' | 'to'>): string {
  return state === 'unread' && to === USER ? 'For you' : STATES[state]
}

/** `You to anna`. */
export function partiesText({ from, to }: Pick<MailView, 'from' | 'to'>): string {
  return `${from === USER ? 'You' : from} to ${to === USER ? 'you' : to}`
}

/** Whether the person has yet to say that it is handled. */
export function waitsForUser({ state, to }: Pick<MailView, 'state' | 'to'>): boolean {
  return to === USER && state === 'unread'
}

/**
 * How the person can go on with a thread, given oldest first: answer the last mail to them, or write again to
 * whom they wrote. Null for a thread between agents.
 */
export function answerable(
  mails: readonly MailView[],
): { readonly kind: 'reply' | 'again'; readonly mail: MailView } | null {
  const received = mails.findLast(({ to }) => to === USER)
  if (received !== undefined) return { kind: 'reply', mail: received }
  const sent = mails.findLast(({ from }) => from === USER)
  return sent === undefined ? null : { kind: 'again', mail: sent }
}
