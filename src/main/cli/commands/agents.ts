import type { AgentWork, SessionId } from '../../../shared/model/agent.js'
import type { TaskStatus } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { ALL_SESSIONS, agentRef, asSession, type NamedAgent } from '../agent-name.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { agentLines, workLines } from '../format/agent-details.js'
import { type Agents, agentListLines } from '../format/agent-list.js'
import type { HostConnection } from '../host/host-connection.js'
import { didYouMean } from '../near-words.js'

const LAST_WORK = 10

export async function listAgents(
  context: CommandContext,
  session: string | undefined,
): Promise<number> {
  if (session === ALL_SESSIONS) return listSessions(context)
  const { host, terminal, json, environment } = context
  const sessionId = asSession(session)
  const read = agentsOf(host, sessionId)
  // Before the first agent there is no session, which is nobody's mistake.
  const agents = await (session === undefined ? orNone(read, {}) : read)
  if (json) terminal.json({ sessionId, agents })
  else print(context, agentListLines(sessionId, agents, terminal, environment.now()))
  return EXIT.ok
}

async function listSessions(context: CommandContext): Promise<number> {
  const { host, terminal, json, environment } = context
  const { sessions } = await host.call('async.listSessions', {})
  const found = []
  // One after the other: there may be many. One that ended meanwhile has no agents.
  for (const { sessionId, createdAt } of sessions) {
    const agents = await orNone(agentsOf(host, sessionId), {})
    found.push({ sessionId, createdAt, agents })
  }
  if (json) terminal.json({ sessions: found })
  else if (found.length === 0) {
    terminal.line(
      'There are no sessions yet. One begins with an agent: smart-agents agents create writer',
    )
  } else {
    for (const { sessionId, agents } of found) {
      print(context, agentListLines(sessionId, agents, terminal, environment.now()))
    }
  }
  return EXIT.ok
}

async function agentsOf(host: HostConnection, sessionId: SessionId): Promise<Agents> {
  const { agents } = await host.call('async.getAgentStates', { sessionId })
  return agents
}

/** Another value where the host does not know of such a thing. */
async function orNone<T, N>(answer: Promise<T>, none: N): Promise<T | N> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return none
    throw error
  }
}

export async function showAgent(context: CommandContext, named: NamedAgent): Promise<number> {
  const { host, terminal, json, environment } = context
  const ref = agentRef(named)
  const agents = await agentsOf(host, ref.sessionId)
  const agent = Object.hasOwn(agents, ref.agentId) ? agents[ref.agentId] : undefined
  if (agent === undefined) throw noSuchAgent(ref.sessionId, ref.agentId, Object.keys(agents))
  const { work } = await host.call('async.agentWork', { ...ref, limit: LAST_WORK })
  if (json) {
    terminal.json({ ...ref, agent, work })
    return EXIT.ok
  }
  const outcomes = await Promise.all(
    work.map(async (piece) => ({ work: piece, task: await outcomeOf(host, piece) })),
  )
  const nowMs = environment.now()
  print(context, agentLines(ref, agent, terminal, nowMs))
  print(context, workLines(outcomes, terminal, nowMs))
  return EXIT.ok
}

/** How a piece of work ended; null for one that has not, or whose task is no longer kept. */
async function outcomeOf(host: HostConnection, work: AgentWork): Promise<TaskStatus | null> {
  if (work.state !== 'ended') return null
  return orNone(host.call('task.status', { taskId: work.taskId }), null)
}

function noSuchAgent(sessionId: SessionId, name: string, names: readonly string[]): CliError {
  const known = names.length === 0 ? 'it has none' : `its agents: ${[...names].sort().join(', ')}`
  const near = didYouMean(name, names)
  const message = `there is no agent "${name}" in session "${sessionId}"; ${known}${near}`
  return new CliError('not_found', message)
}

function print({ terminal }: CommandContext, lines: readonly string[]): void {
  for (const line of lines) terminal.line(line)
}
