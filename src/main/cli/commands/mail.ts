import type { MailId } from '../../../shared/model/ids.js'
import { asSession, type NamedAgent } from '../agent-name.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { mailLine, mailLines, threadLine } from '../format/mail.js'
import { asMailId } from '../id-arguments.js'
import { upTo } from '../pages.js'

export interface InboxOptions {
  readonly unread?: boolean
  readonly limit: number
}

/** The mail of one address; to look does not count as handling. */
export async function inbox(
  { host, terminal, json, environment }: CommandContext,
  { name, session }: NamedAgent,
  { unread = false, limit }: InboxOptions,
): Promise<number> {
  const whose = { sessionId: asSession(session), agentId: name, unreadOnly: unread }
  const { items: mails, nextCursor } = await upTo(limit, async (page) => {
    const answer = await host.call('mail.inbox', { ...whose, ...page })
    return { items: answer.mails, nextCursor: answer.nextCursor }
  })
  if (json) {
    terminal.json({ mails, nextCursor })
    return EXIT.ok
  }
  const of = `of ${terminal.foreignLine(name)}`
  if (mails.length === 0) {
    terminal.line(unread ? `There is no unread mail ${of}.` : `The inbox ${of} is empty.`)
    return EXIT.ok
  }
  const count = `${mails.length}${nextCursor === null ? '' : '+'}`
  terminal.line(terminal.style('bold', `${unread ? 'Unread mail' : 'Inbox'} ${of} (${count}):`))
  for (const mail of mails) terminal.line(mailLine(mail, terminal, environment.now()))
  if (nextCursor !== null) terminal.note(`There are more: --limit ${limit * 10}`)
  return EXIT.ok
}

/** Every thread of a session with its last mail. */
export async function threads(
  { host, terminal, json, environment }: CommandContext,
  session: string | undefined,
  limit: number,
): Promise<number> {
  const sessionId = asSession(session)
  const found = await upTo(limit, async (page) => {
    const answer = await host.call('mail.threads', { sessionId, ...page })
    return { items: answer.threads, nextCursor: answer.nextCursor }
  })
  const { items, nextCursor } = found
  if (json) {
    terminal.json({ threads: items, nextCursor })
    return EXIT.ok
  }
  if (items.length === 0) {
    terminal.line(
      `There is no mail in session ${terminal.foreignLine(sessionId)}. Write to an agent: smart-agents mail send NAME "SUBJECT" "BODY"`,
    )
    return EXIT.ok
  }
  const count = `${items.length}${nextCursor === null ? '' : '+'}`
  terminal.line(terminal.style('bold', `Threads (${count}):`))
  for (const thread of items) terminal.line(threadLine(thread, terminal, environment.now()))
  if (nextCursor !== null) terminal.note(`There are more: --limit ${limit * 10}`)
  return EXIT.ok
}

export async function aboutMail(
  context: CommandContext,
  what: 'show' | 'thread' | 'ack',
  text: string,
): Promise<number> {
  const { host, terminal, json, environment } = context
  const mailId = asMailId(text)
  if (what === 'ack') return acknowledge(context, mailId)
  const { mails: thread } = await host.call('mail.thread', { mailId })
  const mails = what === 'thread' ? thread : thread.filter((mail) => mail.mailId === mailId)
  if (mails.length === 0) throw new CliError('not_found', `there is no mail ${mailId}`)
  if (json) {
    terminal.json(what === 'thread' ? { mails } : { mail: mails[0] })
    return EXIT.ok
  }
  for (const [index, mail] of mails.entries()) {
    if (index > 0) terminal.line()
    for (const line of mailLines(mail, terminal, environment.now())) terminal.line(line)
  }
  return EXIT.ok
}

async function acknowledge(
  { host, terminal, json }: CommandContext,
  mailId: MailId,
): Promise<number> {
  const answer = await host.call('mail.ack', { mailId })
  if (json) terminal.json(answer)
  else terminal.line(`Mail ${answer.state}: ${answer.mailId}`)
  return EXIT.ok
}
