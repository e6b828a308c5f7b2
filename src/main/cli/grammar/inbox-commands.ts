import { Argument, type Command, InvalidArgumentError } from 'commander'
import { INBOX_KINDS, type InboxKind } from '../../../shared/model/inbox.js'
import type { Perform } from '../program.js'
import { refuseRest } from './group.js'

/** Everything that waits for the person. */
export function addInboxCommands(program: Command, perform: Perform): void {
  const inbox = program
    .command('inbox')
    .description('everything that waits for you: questions, plans, failures, changes, mail')
  inbox
    .command('list', { isDefault: true })
    .description('what waits, what holds up work first')
    .option(
      '--kind <kind>',
      `only this kind (${INBOX_KINDS.join(', ')}); may be repeated`,
      oneMore,
      [],
    )
    .allowExcessArguments()
    .action(async (flags: { readonly kind: readonly InboxKind[] }, command) => {
      refuseRest(command)
      await perform(command, async (context) => {
        const { listInbox } = await import('../commands/inbox.js')
        return listInbox(context, flags.kind)
      })
    })
  inbox
    .command('dismiss')
    .description('say that you have seen it: gone until it happens anew; a mail is marked as read')
    .addArgument(new Argument('[item-id...]', 'ids as inbox --json shows them'))
    .option('--all', 'everything that needs no answer')
    .action(async (ids: readonly string[], flags: { readonly all?: boolean }, command: Command) => {
      if ((ids.length === 0) === (flags.all !== true)) {
        command.error('error: name items, or give --all')
      }
      await perform(command, async (context) => {
        const { dismissFromInbox } = await import('../commands/inbox.js')
        return dismissFromInbox(context, ids, flags.all === true)
      })
    })
}

function oneMore(text: string, before: readonly InboxKind[]): readonly InboxKind[] {
  const kind = INBOX_KINDS.find((known) => known === text)
  if (kind === undefined)
    throw new InvalidArgumentError(`It must be one of ${INBOX_KINDS.join(', ')}.`)
  return [...before, kind]
}
