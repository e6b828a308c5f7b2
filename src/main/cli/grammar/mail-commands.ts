import { type Command, Option } from 'commander'
import { MAIL_PRIORITIES, type MailPriority } from '../../../shared/model/mail.js'
import { instant, wholeNumber } from '../arguments.js'
import type { SendMailOptions } from '../commands/write-mail.js'
import type { Perform } from '../program.js'
import { refuseRest } from './group.js'
import { sessionOf } from './session-option.js'

const DEFAULT_LIMIT = 50

export function addMailCommands(program: Command, perform: Perform): void {
  const mail = program
    .command('mail')
    .description('mail between agents, and between them and you')
    .option('--session <name>', 'whose mail; ids are found without it (default: default)')
  addLists(mail, perform)
  addWriting(mail, perform)
  for (const [name, description] of [
    ['show', 'one mail with its text'],
    ['thread', 'every mail of the thread that it belongs to'],
    ['ack', 'say that it is handled'],
  ] as const) {
    mail
      .command(name)
      .description(description)
      .argument('<mail-id>', 'id of the mail')
      .action(async (mailId: string, _flags, command) =>
        perform(command, async (context) => {
          const { aboutMail } = await import('../commands/mail.js')
          return aboutMail(context, name, mailId)
        }),
      )
  }
}

function addLists(mail: Command, perform: Perform): void {
  const limit = () =>
    new Option('--limit <n>', 'show at most so many')
      .argParser(wholeNumber(1, 100_000))
      .default(DEFAULT_LIMIT)
  mail
    .command('inbox', { isDefault: true })
    .description('the mail of an agent, most urgent first; to look does not count as handling')
    .argument('[name]', 'name of the agent, or user for yours', 'user')
    .option('--unread', 'only what is not read yet')
    .addOption(limit())
    .allowExcessArguments()
    .action(async (name: string, flags: { unread?: boolean; limit: number }, command) => {
      refuseRest(command)
      await perform(command, async (context) => {
        const { inbox } = await import('../commands/mail.js')
        return inbox(context, { name, session: sessionOf(command) }, flags)
      })
    })
  mail
    .command('threads')
    .description('every thread with its last mail, newest first')
    .addOption(limit())
    .action(async (flags: { limit: number }, command) =>
      perform(command, async (context) => {
        const { threads } = await import('../commands/mail.js')
        return threads(context, sessionOf(command), flags.limit)
      }),
    )
}

function priorityOption(): Option {
  return new Option('--priority <priority>', 'how urgent (default: normal)').choices(
    MAIL_PRIORITIES,
  )
}

function addWriting(mail: Command, perform: Perform): void {
  mail
    .command('send')
    .description('write to an agent')
    .argument('<to>', 'name of the agent, or user')
    .argument('<subject>', 'in one line')
    .argument('<body>', 'the text; - reads standard input')
    .option('--from <name>', 'in the name of this agent (default: user)')
    .addOption(priorityOption())
    .option('--expires <time>', 'of no use after this time', instant)
    .action(
      async (to: string, subject: string, body: string, flags: SendMailOptions, command: Command) =>
        perform(command, async (context) => {
          const { sendMail } = await import('../commands/write-mail.js')
          return sendMail(context, sessionOf(command), { to, subject, body }, flags)
        }),
    )
  mail
    .command('reply')
    .description('answer a mail, from whoever it was sent to')
    .argument('<mail-id>', 'id of the mail')
    .argument('<body>', 'the text; - reads standard input')
    .addOption(priorityOption())
    .action(async (mailId: string, body: string, flags: { priority?: MailPriority }, command) =>
      perform(command, async (context) => {
        const { replyToMail } = await import('../commands/write-mail.js')
        return replyToMail(context, mailId, body, flags.priority)
      }),
    )
}
