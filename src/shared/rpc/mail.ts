import { z } from 'zod'
import { SessionId } from '../model/agent.js'
import { MailId } from '../model/ids.js'
import { MailPriority, MailState, MailSubject, MailView } from '../model/mail.js'
import { durable, method } from './define.js'
import { Instant, PageParams } from './params.js'

/** Of an agent, or `user`. */
const Address = z.string().min(1, 'must not be empty').max(64)
export const MAX_MAIL_BODY = 100_000

const Body = z
  .string()
  .min(1, 'must not be empty')
  .max(MAX_MAIL_BODY, `must not be longer than ${MAX_MAIL_BODY} characters`)
/** `delivered`: it lies in the inbox. When it is taken up, `mail.updated` and its state tell. */
const Delivery = z.object({ mailId: MailId, delivered: z.boolean() })
const Mails = z.object({ mails: z.array(MailView), seq: z.number() })

/** Mail between the agents of a session, and between them and the person (`user`). */
export const mailMethods = {
  /** `not_found` names the known addresses; `limit_exceeded` for a full inbox or a circle of mails. */
  'mail.send': method(
    z.strictObject({
      sessionId: SessionId,
      /** Default: `user`. */
      from: Address.optional(),
      to: Address,
      subject: MailSubject,
      body: Body,
      priority: MailPriority.optional(),
      replyTo: MailId.optional(),
      expiresAt: Instant.optional(),
    }),
    Delivery,
  ),
  /** Most urgent first, then oldest first; to look does not count as handling. */
  'mail.inbox': method(
    z.strictObject({
      sessionId: SessionId,
      agentId: Address,
      unreadOnly: z.boolean().optional(),
      ...PageParams,
    }),
    Mails.extend({ nextCursor: z.string().nullable() }),
  ),
  /** Every mail of the thread that this one belongs to, oldest first. */
  'mail.thread': method(z.strictObject({ mailId: MailId }), Mails),
  /** Newest thread first: the last mail of each. */
  'mail.threads': method(
    z.strictObject({ sessionId: SessionId, ...PageParams }),
    z.object({
      threads: z.array(z.object({ last: MailView, count: z.number() })),
      nextCursor: z.string().nullable(),
      seq: z.number(),
    }),
  ),
  /** From whoever it was sent to. */
  'mail.reply': method(
    z.strictObject({ mailId: MailId, body: Body, priority: MailPriority.optional() }),
    Delivery,
  ),
  /** Says that it is handled: it will not be delivered any more. */
  'mail.ack': method(
    z.strictObject({ mailId: MailId }),
    z.object({ mailId: MailId, state: MailState }),
  ),
}

export const mailEvents = {
  /** It is in the inbox of `agentId`, which may be `user`. */
  'mail.received': durable(
    z.object({ sessionId: SessionId, agentId: z.string(), mailId: MailId, mail: MailView }),
  ),
  'mail.updated': durable(
    z.object({ sessionId: SessionId, agentId: z.string(), mailId: MailId, mail: MailView }),
  ),
}
