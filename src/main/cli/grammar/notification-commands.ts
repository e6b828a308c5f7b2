import { Argument, type Command } from 'commander'
import { wholeNumber } from '../arguments.js'
import type { NotificationOptions } from '../commands/notifications.js'
import type { Perform } from '../program.js'
import { refuseRest } from './group.js'

/** What the person was told. */
export function addNotificationCommands(program: Command, perform: Perform): void {
  const notifications = program
    .command('notifications')
    .description('what you were told: ends, progress and questions of tasks')
  notifications
    .command('list', { isDefault: true })
    .description('what you were told, newest first')
    .option('--unread', 'only what you have not read')
    .option('--limit <n>', 'at most so many (default: 20)', wholeNumber(1, 1000))
    .option('--follow', 'print each as it comes, until Ctrl+C')
    .allowExcessArguments()
    .action(async (flags: NotificationOptions, command) => {
      refuseRest(command)
      await perform(command, async (context) => {
        const commands = await import('../commands/notifications.js')
        return flags.follow === true
          ? commands.followNotifications(context)
          : commands.listNotifications(context, flags)
      })
    })
  notifications
    .command('read')
    .description('mark as read')
    .addArgument(new Argument('[id...]', 'ids as notifications --json shows them; default: all'))
    .action(async (ids: readonly string[], _flags: object, command: Command) =>
      perform(command, async (context) => {
        const { readNotifications } = await import('../commands/notifications.js')
        return readNotifications(context, ids)
      }),
    )
  notifications
    .command('clear')
    .description('remove all but what waits for an answer')
    .action(async (_flags: object, command: Command) =>
      perform(command, async (context) => {
        const { clearNotifications } = await import('../commands/notifications.js')
        return clearNotifications(context)
      }),
    )
}
