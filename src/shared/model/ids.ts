import { z } from 'zod'

/** Builds the schema of a branded id: the kind, an underscore, letters and digits. */
function idSchema<const Kind extends string>(kind: Kind) {
  return z
    .string()
    .regex(
      new RegExp(`^${kind}_[A-Za-z0-9]+$`),
      `must be an id that starts with "${kind}_", followed by letters and digits`,
    )
    .brand(kind)
}

export const TaskId = idSchema('task')
export type TaskId = z.infer<typeof TaskId>

export const ConversationId = idSchema('conv')
export type ConversationId = z.infer<typeof ConversationId>

export const ScheduleId = idSchema('sched')
export type ScheduleId = z.infer<typeof ScheduleId>

export const MessageId = idSchema('msg')
export type MessageId = z.infer<typeof MessageId>

export const MailId = idSchema('mail')
export type MailId = z.infer<typeof MailId>

/** The kinds of id that the program creates; each is also the prefix of its ids. */
export type IdKind = 'task' | 'conv' | 'msg' | 'step' | 'sched' | 'mail'
