import { z } from 'zod'
import { MailId, TaskId } from './ids.js'

/** Most urgent last. */
export const MAIL_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export const MailPriority = z.enum(MAIL_PRIORITIES)
export type MailPriority = z.infer<typeof MailPriority>

/** One line: with a line break it could look like the head of another mail. */
export const MailSubject = z
  .string()
  .max(500, 'must not be longer than 500 characters')
  .regex(/^\P{Cc}*$/u, 'must be one line, without control characters')

/**
 * How far a mail is, as its sender can see: unread → handling (a task works on it) or read (in the course of
 * another task) → handled when that task has completed, failed when it has not. A mail of a person is handled
 * when they say so. `replied` is handled by an answer; `expired` was not taken up in time.
 */
export const MailState = z.enum([
  'unread',
  'handling',
  'read',
  'handled',
  'replied',
  'failed',
  'expired',
])
export type MailState = z.infer<typeof MailState>

/** Times are epoch ms. */
export const MailView = z.object({
  mailId: MailId,
  /** Id of the first mail of the thread. */
  threadId: MailId,
  replyTo: MailId.nullable(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  priority: MailPriority,
  state: MailState,
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  readAt: z.number().nullable(),
  handledAt: z.number().nullable(),
  /** The sender's task waits for the answer. */
  awaitsReply: z.boolean(),
  /** The task in which it was or is handled. */
  taskId: TaskId.nullable(),
  /** Why it was not handled. */
  error: z.string().nullable(),
})
export type MailView = z.infer<typeof MailView>
