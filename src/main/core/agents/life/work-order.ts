import type { TaskSubmitParams } from '../../../../shared/rpc/task.js'
import { fenced, type MailRecord } from '../../mail/mail-record.js'
import type { AgentRecord } from './agent-record.js'

/** What stands in the description of a task; a longer mail is handed over as input. */
const LONGEST_BODY = 15_000
const NORMAL = 1

/** What the task of an agent is given, beside its description. Pure. */
export function orderOf(
  { agentId, config }: AgentRecord,
  description: string,
  input?: unknown,
): TaskSubmitParams {
  const { limits = {} } = config
  const { tokens, costUsd } = limits
  const budget = {
    ...(tokens === undefined ? {} : { tokens }),
    ...(costUsd === undefined ? {} : { costUsd }),
  }
  return {
    description,
    type: 'agent_execution',
    agentType: agentId,
    ...(input === undefined ? {} : { input }),
    ...(limits.timeoutSeconds === undefined ? {} : { timeoutMs: limits.timeoutSeconds * 1000 }),
    ...(limits.memoryBytes === undefined ? {} : { limits: { memoryBytes: limits.memoryBytes } }),
    ...(Object.keys(budget).length === 0 ? {} : { budget }),
  }
}

/** How an agent is told of a mail. The offline model reads this form as well. Pure. */
export function orderForMail(mail: MailRecord): { description: string; input?: unknown } {
  const head = `Process this mail.\nMail: ${mail.id}\nFrom: ${mail.from}\nSubject: ${mail.subject}`
  const tail =
    mail.waitingTask === null || mail.answerId !== null
      ? ''
      : `\n\n${mail.from} waits for your answer: answer with reply_mail, or your report will be the answer.`
  if (mail.body.length <= LONGEST_BODY) {
    return { description: `${head}\n\n${fenced(mail)}${tail}` }
  }
  return { description: `${head}\n\nIts text is in the input.${tail}`, input: { body: mail.body } }
}

/** How an agent is told of an event. Pure. */
export function orderForEvent(
  event: string,
  data: unknown,
): { description: string; input?: unknown } {
  const description = `The event "${event}" has happened. Do what you are there to do about it.`
  return data === undefined
    ? { description, input: { event } }
    : { description, input: { event, data } }
}

/**
 * Whether a mail comes before the oldest task that waits: high and urgent ones do, normal ones by their time, and
 * low ones when there is nothing else. Pure.
 */
export function mailComesFirst(
  mail: Pick<MailRecord, 'priority' | 'createdAtMs'>,
  work: { readonly createdAtMs: number } | undefined,
): boolean {
  if (work === undefined || mail.priority > NORMAL) return true
  return mail.priority === NORMAL && mail.createdAtMs < work.createdAtMs
}
