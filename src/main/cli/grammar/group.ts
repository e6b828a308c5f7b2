import type { Command } from 'commander'
import { usageError } from '../cli-error.js'
import { didYouMean } from '../near-words.js'

/**
 * The command that a group stands for when it is named alone gets the words of every mistyped one.
 * @throws CliError for words that it does not take
 */
export function refuseRest(command: Command): void {
  const [word] = command.args.slice(command.registeredArguments.length)
  if (word === undefined) return
  const mistyped = command.args[0] ?? word
  const names = command.parent?.commands.map((other) => other.name()) ?? []
  throw usageError(`unknown command '${mistyped}'${didYouMean(mistyped, names)}`)
}
