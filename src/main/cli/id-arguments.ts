import type { z } from 'zod'
import {
  BlockerId,
  CheckpointId,
  ConversationId,
  MailId,
  MessageId,
  NotificationId,
  ScheduleId,
  TaskId,
} from '../../shared/model/ids.js'
import { usageError } from './cli-error.js'

/**
 * Reads an argument as the id of something.
 * @returns a function that throws a CliError for what cannot be one, before any host is asked or started
 */
function idOf<Id extends z.ZodType>(schema: Id, what: string, example: string) {
  return (text: string): z.output<Id> => {
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data
    throw usageError(`"${text}" is not the id of a ${what}: it looks like ${example}`)
  }
}

export const asTaskId = idOf(TaskId, 'task', 'task_abc123')
export const asConversationId = idOf(ConversationId, 'conversation', 'conv_abc123')
export const asMessageId = idOf(MessageId, 'message', 'msg_abc123')
export const asScheduleId = idOf(ScheduleId, 'schedule', 'sched_abc123')
export const asMailId = idOf(MailId, 'mail', 'mail_abc123')
export const asCheckpointId = idOf(CheckpointId, 'checkpoint', 'chk_abc123')
export const asBlockerId = idOf(BlockerId, 'question', 'blk_abc123')
export const asNotificationId = idOf(NotificationId, 'notification', 'ntf_abc123')
