import path from 'node:path'
import type { AgentConfig, AgentLimits } from '../../../shared/model/agent.js'
import { agentRef, type NamedAgent, sessionFlag } from '../agent-name.js'
import type { CronEvent } from '../arguments.js'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { given } from '../given.js'
import { textOrFile } from '../long-text.js'

const MAX_INSTRUCTIONS = 100_000

export interface CreateAgentOptions {
  readonly definition?: string
  readonly instructions?: string
  readonly model?: string
  readonly tools?: string[]
  readonly workspace?: string
  readonly subscribe?: string[]
  readonly wake?: readonly CronEvent[]
  readonly timezone?: string
  /** False with `--no-start`. */
  readonly start: boolean
  readonly maxTurns?: number
  readonly maxTokens?: number
  readonly maxCost?: number
  /** Bytes, although the flag takes megabytes. */
  readonly maxMemory?: number
  /** Seconds. */
  readonly timeout?: number
  readonly maxQueue?: number
  readonly maxInbox?: number
  readonly context?: number
}

export async function createAgent(
  context: CommandContext,
  named: NamedAgent,
  options: CreateAgentOptions,
): Promise<number> {
  const { host, terminal, json } = context
  const ref = agentRef(named)
  const config = await configOf(context, options)
  const answer = await host.call('async.createAgent', { ...ref, autoStart: options.start, config })
  if (json) {
    terminal.json(answer)
    return EXIT.ok
  }
  terminal.line(`Agent created: ${answer.agentId} (${answer.state})`)
  const agent = `${answer.agentId}${sessionFlag(ref.sessionId)}`
  if (options.start) {
    terminal.note(`Give it work: smart-agents agents send ${agent} "what is to be done"`)
  } else terminal.note(`Start it: smart-agents agents start ${agent}`)
  return EXIT.ok
}

async function configOf(
  context: CommandContext,
  options: CreateAgentOptions,
): Promise<AgentConfig> {
  const { instructions, wake, timezone } = options
  if (timezone !== undefined && wake === undefined) {
    throw usageError('--timezone is that of --wake, and there is none')
  }
  return {
    workspace: path.resolve(context.environment.cwd, options.workspace ?? '.'),
    ...given({
      definition: options.definition,
      instructions:
        instructions === undefined
          ? undefined
          : await textOrFile(context, instructions, MAX_INSTRUCTIONS),
      model: options.model,
      tools: options.tools,
      limits: limitsOf(options),
      subscriptions: options.subscribe,
      wake: wake?.map((rule) => ({ ...rule, ...given({ timezone }) })),
    }),
  }
}

function limitsOf(options: CreateAgentOptions): AgentLimits | undefined {
  const limits = given({
    maxTurns: options.maxTurns,
    maxQueue: options.maxQueue,
    maxInbox: options.maxInbox,
    contextCharacters: options.context,
    timeoutSeconds: options.timeout,
    memoryBytes: options.maxMemory,
    tokens: options.maxTokens,
    costUsd: options.maxCost,
  })
  return Object.keys(limits).length === 0 ? undefined : limits
}
