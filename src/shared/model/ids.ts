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

export const BlockerId = idSchema('blk')
export type BlockerId = z.infer<typeof BlockerId>

export const PlanId = idSchema('plan')
export type PlanId = z.infer<typeof PlanId>

export const CommentId = idSchema('cmt')
export type CommentId = z.infer<typeof CommentId>

export const CheckpointId = idSchema('chk')
export type CheckpointId = z.infer<typeof CheckpointId>

export const SearchId = idSchema('srch')
export type SearchId = z.infer<typeof SearchId>

export const NotificationId = idSchema('ntf')
export type NotificationId = z.infer<typeof NotificationId>

/** The kinds of id that the program creates; each is also the prefix of its ids. */
export type IdKind =
  | 'task'
  | 'conv'
  | 'msg'
  | 'step'
  | 'sched'
  | 'mail'
  | 'blk'
  | 'plan'
  | 'cmt'
  | 'chk'
  | 'srch'
  | 'ntf'
