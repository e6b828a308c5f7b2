import type { Command } from 'commander'
import { wholeNumber } from '../arguments.js'
import type { ChatFlags } from '../chat/chat-command.js'
import type { ServeOptions } from '../commands/serve.js'
import type { Perform } from '../program.js'
import { addExecute } from './execute-command.js'

export function addWorkCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Work:')
  program
    .command('chat')
    .description('talk to the assistant; without a message, line by line')
    .argument('[message]', 'what to say')
    .option('--conversation <id>', 'go on with this conversation')
    .option('--branch <message>', 'go on from this message of it, in a new conversation')
    .action(async (message: string | undefined, flags: ChatFlags, command) =>
      perform(command, async (context) => {
        const { chat } = await import('../chat/chat-command.js')
        return chat(context, message, flags)
      }),
    )
  addExecute(program, perform)
  program
    .command('serve')
    .description('run the host in the foreground, for a browser and other programs')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--host <address>', 'loopback address to listen on', '127.0.0.1')
    .option('--workspace <dir>', 'folder that tasks work in by default (default: the current one)')
    .action(async (flags: ServeOptions, command) =>
      perform(command, async (context) => {
        const { serve } = await import('../commands/serve.js')
        return serve(context, flags)
      }),
    )
}
