import {
  BlockerId,
  CheckpointId,
  ConversationId,
  MailId,
  ScheduleId,
  TaskId,
} from '../../shared/model/ids.js'
import { usageError } from './cli-error.js'

/** @throws CliError for what cannot be the id of a task, before any host is asked or started */
export function asTaskId(text: string): TaskId {
  const parsed = TaskId.safeParse(text)
  if (parsed.success) return parsed.data
  throw usageError(`"${text}" is not the id of a task: it looks like task_abc123`)
}

/** @throws CliError for what cannot be the id of a conversation */
export function asConversationId(text: string): ConversationId {
  const parsed = ConversationId.safeParse(text)
  if (parsed.success) return parsed.data
  throw usageError(`"${text}" is not the id of a conversation: it looks like conv_abc123`)
}

/** @throws CliError for what cannot be the id of a schedule */
export function asScheduleId(text: string): ScheduleId {
  const parsed = ScheduleId.safeParse(text)
  if (parsed.success) return parsed.data
  throw usageError(`"${text}" is not the id of a schedule: it looks like sched_abc123`)
}

/** @throws CliError for what cannot be the id of a mail */
export function asMailId(text: string): MailId {
  const parsed = MailId.safeParse(text)
  if (parsed.success) return parsed.data
  throw usageError(`"${text}" is not the id of a mail: it looks like mail_abc123`)
}

/** @throws CliError for what cannot be the id of a checkpoint */
export function asCheckpointId(text: string): CheckpointId {
  const parsed = CheckpointId.safeParse(text)
  if (parsed.success) return parsed.data
  throw usageError(`"${text}" is not the id of a checkpoint: it looks like chk_abc123`)
}

/** @throws CliError for what cannot be the id of a question */
export function asBlockerId(text: string): BlockerId {
  const parsed = BlockerId.safeParse(text)
  if (parsed.success) return parsed.data
  throw usageError(`"${text}" is not the id of a question: it looks like blk_abc123`)
}
