import type { Command } from 'commander'
import {
  collect,
  collectNames,
  collectWakeRules,
  megabytesAsBytes,
  positiveNumber,
  wholeNumber,
} from '../arguments.js'
import type { CreateAgentOptions } from '../commands/create-agent.js'
import type { Perform } from '../program.js'
import { sessionOf } from './session-option.js'

export function addCreateAgent(agents: Command, perform: Perform): void {
  const command = agents
    .command('create')
    .description('make an agent; its session begins with the first one')
    .argument('<name>', 'letters, digits, dots, hyphens and underscores')
    .option('--definition <name>', 'what is not said here is taken from this definition')
    .option('--instructions <text>', 'what it is to know and to heed; @FILE reads a file')
    .option('--model <name>', 'model to use')
    .option('--tools <names>', 'only these, divided by commas (default: all)', collectNames)
    .option('--workspace <dir>', 'folder to work in (default: the current one)')
    .option('--subscribe <event>', 'hand it this event whenever it is told; repeatable', collect)
    .option('--wake <cron[@event]>', 'wake it at these times; repeatable', collectWakeRules)
    .option('--timezone <zone>', 'of the times to wake it, such as Europe/Berlin')
    .option('--no-start', 'it takes no work before "agents start"')
  addLimits(command)
  command.action(async (name: string, flags: CreateAgentOptions, parsed) =>
    perform(parsed, async (context) => {
      const { createAgent } = await import('../commands/create-agent.js')
      return createAgent(context, { name, session: sessionOf(parsed) }, flags)
    }),
  )
}

function addLimits(command: Command): void {
  command
    .option(
      '--max-turns <n>',
      'answers of the model for one task (default: 200)',
      wholeNumber(1, 1000),
    )
    .option('--max-tokens <n>', 'of one task', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--max-cost <usd>', 'US dollars, of one task', positiveNumber)
    .option('--max-memory <mb>', 'of the processes of one task', megabytesAsBytes)
    .option('--timeout <seconds>', 'running time of one task', wholeNumber(1, 2_592_000))
    .option('--max-queue <n>', 'tasks that wait for it (default: 100)', wholeNumber(0, 10_000))
    .option('--max-inbox <n>', 'mails that wait for it (default: 1000)', wholeNumber(1, 100_000))
    .option(
      '--context <characters>',
      'what it remembers of earlier tasks (default: 40000)',
      wholeNumber(0, 400_000),
    )
}
