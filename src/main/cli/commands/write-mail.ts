import type { MailId } from '../../../shared/model/ids.js'
import type { MailPriority } from '../../../shared/model/mail.js'
import { MAX_MAIL_BODY } from '../../../shared/rpc/mail.js'
import { asSession } from '../agent-name.js'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { given } from '../given.js'
import { asMailId } from '../id-arguments.js'
import { textOrInput } from '../long-text.js'

export interface SendMailOptions {
  readonly from?: string
  readonly priority?: MailPriority
  /** Epoch ms. */
  readonly expires?: number
}

export async function sendMail(
  context: CommandContext,
  session: string | undefined,
  mail: { readonly to: string; readonly subject: string; readonly body: string },
  options: SendMailOptions,
): Promise<number> {
  const sessionId = asSession(session)
  const { to, subject } = mail
  const body = await bodyOf(context, mail.body)
  const { from, priority, expires: expiresAt } = options
  const optional = given({ from, priority, expiresAt })
  const answer = await context.host.call('mail.send', { sessionId, to, subject, body, ...optional })
  return printDelivery(context, answer)
}

export async function replyToMail(
  context: CommandContext,
  text: string,
  bodyText: string,
  priority: MailPriority | undefined,
): Promise<number> {
  const mailId = asMailId(text)
  const body = await bodyOf(context, bodyText)
  const answer = await context.host.call('mail.reply', { mailId, body, ...given({ priority }) })
  return printDelivery(context, answer)
}

async function bodyOf(context: CommandContext, text: string): Promise<string> {
  const body = await textOrInput(context, text, MAX_MAIL_BODY)
  if (body.trim() === '') throw usageError('the mail is empty: say something')
  return body
}

function printDelivery(
  { terminal, json }: CommandContext,
  delivery: { readonly mailId: MailId; readonly delivered: boolean },
): number {
  if (json) terminal.json(delivery)
  else if (delivery.delivered) terminal.line(`Mail sent: ${delivery.mailId}`)
  else terminal.line(`Mail kept: ${delivery.mailId}, not delivered yet`)
  return EXIT.ok
}
