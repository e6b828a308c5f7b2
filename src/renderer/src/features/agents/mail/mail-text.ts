import { USER } from '../../../../../shared/model/agent.js'
import type { MailView } from '../../../../../shared/model/mail.js'
import type { Text } from '../../../text/text.js'
import { nameOf } from '../agent-text.js'

/** How far a mail is; what waits for the person is said to them. */
export function mailStateText(
  mail: Pick<MailView, 'state' | 'to'>,
  { mail: { forYou, states } }: Text,
): string {
  return waitsForUser(mail) ? forYou : states[mail.state]
}

/** `You to anna`. */
export function partiesText({ from, to }: Pick<MailView, 'from' | 'to'>, text: Text): string {
  return text.mail.fromTo(nameOf(from, 'who', text), nameOf(to, 'to', text))
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
