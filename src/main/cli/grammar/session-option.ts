import type { Command } from 'commander'

/** `--session` may stand before or after the name of the command. */
export function sessionOf(command: Command): string | undefined {
  return command.optsWithGlobals<{ session?: string }>().session
}
