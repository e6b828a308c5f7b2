import type { TaskSubmitParams } from '../../../../shared/rpc/task.js'
import { fenced, type MailRecord } from '../../mail/mail-record.js'
import type { AgentRecord } from './agent-record.js'

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

/** What a person reads in a list of tasks. Pure. */
export function titleOfMail({ from, subject }: Pick<MailRecord, 'from' | 'subject'>): string {
  return `Mail from ${from}: ${subject || 'no subject'}`
}

/** How an agent is told of a mail. The offline model reads this form as well. Pure. */
export function orderForMail(mail: MailRecord): string {
  const head = `Process this mail.\nMail: ${mail.id}\nFrom: ${mail.from}\nSubject: ${mail.subject}`
  const tail =
    mail.waitingTask === null || mail.answerId !== null
      ? ''
      : `\n\n${mail.from} waits for your answer: answer with reply_mail, or your report will be the answer.`
  return `${head}\n\n${fenced(mail)}${tail}`
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
