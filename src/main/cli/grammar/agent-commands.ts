import { type Command, Option } from 'commander'
import { MAIL_PRIORITIES, type MailPriority } from '../../../shared/model/mail.js'
import { collect, jsonValue, spanAsSeconds, wholeNumber } from '../arguments.js'
import type { CommandContext } from '../command-context.js'
import type { Perform } from '../program.js'
import { addCreateAgent } from './create-agent-command.js'
import { refuseRest } from './group.js'
import { sessionOf } from './session-option.js'

const MAX_SLEEP_S = 30 * 24 * 60 * 60

export function addAgentCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Agents:')
  const agents = program
    .command('agents')
    .description('durable agents: what each does, and its work')
    .option('--session <name>', 'whose agents; "all" lists every session (default: default)')
  agents
    .command('list', { isDefault: true })
    .description('the agents of a session, and what each does')
    .allowExcessArguments()
    .action(async (_flags, command) => {
      refuseRest(command)
      await perform(command, async (context) => {
        const { listAgents } = await import('../commands/agents.js')
        return listAgents(context, sessionOf(command))
      })
    })
  addCreateAgent(agents, perform)
  addMoves(agents, perform)
  addSleep(agents, perform)
  addWork(agents, perform)
  addViews(agents, perform)
}

type Run<Flags> = (context: CommandContext, name: string, flags: Flags) => Promise<number>

/** A command about one agent, which is its first argument. */
function aboutAgent(agents: Command, name: string, description: string): Command {
  return agents.command(name).description(description).argument('<name>', 'name of the agent')
}

function runAbout<Flags>(command: Command, perform: Perform, run: Run<Flags & Session>): void {
  command.action(async (name: string, flags: Flags, parsed: Command) =>
    perform(parsed, (context) => run(context, name, { ...flags, session: sessionOf(parsed) })),
  )
}

interface Session {
  readonly session: string | undefined
}

function addMoves(agents: Command, perform: Perform): void {
  for (const [move, description] of [
    ['start', 'let it take work, also after a stop'],
    ['stop', 'end what it does; its queue and mail stay'],
    ['pause', 'take no further step'],
    ['resume', 'go on after a pause'],
    ['delete', 'end it for good; only when it is stopped or was never started'],
  ] as const) {
    const command = aboutAgent(agents, move, description)
    runAbout(command, perform, async (context, name, { session }) => {
      const { moveAgent } = await import('../commands/move-agent.js')
      return moveAgent(context, move, { name, session })
    })
  }
}

interface SleepFlags {
  readonly for?: number
  readonly untilEvent?: readonly string[]
  readonly untilMail?: MailPriority
}

function addSleep(agents: Command, perform: Perform): void {
  const sleep = aboutAgent(agents, 'sleep', 'do nothing after the task in hand until it is woken')
    .option('--for <time>', 'at most so long, such as 90s, 15m, 2h', spanAsSeconds(MAX_SLEEP_S))
    .option('--until-event <event>', 'until this is broadcast; may be repeated', collect)
    .addOption(
      new Option('--until-mail <priority>', 'until mail comes that is so urgent').choices(
        MAIL_PRIORITIES,
      ),
    )
  runAbout<SleepFlags>(sleep, perform, async (context, name, flags) => {
    const { sleepAgent } = await import('../commands/move-agent.js')
    return sleepAgent(context, { name, session: flags.session }, flags)
  })
  const wake = aboutAgent(agents, 'wake', 'end its sleep').option('--reason <text>', 'why')
  runAbout<{ reason?: string }>(wake, perform, async (context, name, { session, reason }) => {
    const { wakeAgent } = await import('../commands/move-agent.js')
    return wakeAgent(context, { name, session }, reason)
  })
}

function addWork(agents: Command, perform: Perform): void {
  aboutAgent(agents, 'send', 'give it a task')
    .argument('<prompt>', 'what is to be done; - reads standard input')
    .option('--wait', 'wait for its end and print its result')
    .action(async (name: string, prompt: string, flags: { wait?: boolean }, command) =>
      perform(command, async (context) => {
        const { sendTask } = await import('../commands/agent-work.js')
        return sendTask(context, { name, session: sessionOf(command) }, prompt, flags.wait === true)
      }),
    )
  agents
    .command('broadcast')
    .description('tell an event to the agents that wait for it or have subscribed to it')
    .argument('<event>', 'name of the event')
    .option('--data <json>', 'what is handed over with it', jsonValue)
    .action(async (event: string, flags: { data?: unknown }, command) =>
      perform(command, async (context) => {
        const { broadcast } = await import('../commands/agent-work.js')
        return broadcast(context, sessionOf(command), event, flags.data)
      }),
    )
}

function addViews(agents: Command, perform: Perform): void {
  agents
    .command('definitions')
    .description('the agents that Markdown files describe, and what is wrong with the files')
    .option('--workspace <dir>', 'whose files count as well (default: this folder)')
    .action(async (flags: { workspace?: string }, command) =>
      perform(command, async (context) => {
        const { listDefinitions } = await import('../commands/agent-definitions.js')
        return listDefinitions(context, flags.workspace)
      }),
    )
  agents
    .command('suggest')
    .description('which agent suits what is to be done, and why')
    .argument('<description>', 'what is to be done')
    .option('--workspace <dir>', 'whose definitions count as well (default: this folder)')
    .action(async (description: string, flags: { workspace?: string }, command) =>
      perform(command, async (context) => {
        const { suggestAgent } = await import('../commands/agent-definitions.js')
        return suggestAgent(context, description, flags.workspace)
      }),
    )
  const show = aboutAgent(agents, 'show', 'everything about one, with its last work')
  runAbout(show, perform, async (context, name, { session }) => {
    const { showAgent } = await import('../commands/agents.js')
    return showAgent(context, { name, session })
  })
  const log = aboutAgent(agents, 'log', 'the newest lines of its debug log').option(
    '--lines <n>',
    'how many (default: the host’s choice)',
    wholeNumber(1, 10_000),
  )
  runAbout<{ lines?: number }>(log, perform, async (context, name, { session, lines }) => {
    const { agentLog } = await import('../commands/agent-work.js')
    return agentLog(context, { name, session }, lines)
  })
}
