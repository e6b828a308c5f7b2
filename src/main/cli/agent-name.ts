import { AgentId, SessionId } from '../../shared/model/agent.js'
import { oneLine } from '../../shared/text/terminal-text.js'
import { usageError } from './cli-error.js'

export const DEFAULT_SESSION = 'default'
/** As a session to list: every one of them. */
export const ALL_SESSIONS = 'all'

/** @throws CliError for what cannot be the name of an agent, before any host is asked or started */
export function asAgentId(text: string): AgentId {
  const parsed = AgentId.safeParse(text)
  if (parsed.success) return parsed.data
  throw usageError(`"${text}" is not the name of an agent: it ${parsed.error.issues[0]?.message}`)
}

/**
 * The one session that a command is about.
 * @throws CliError for what cannot be the name of a session
 */
export function asSession(text: string = DEFAULT_SESSION): SessionId {
  if (text === ALL_SESSIONS) {
    throw usageError(`"--session ${ALL_SESSIONS}" only lists agents: name one session here`)
  }
  const parsed = SessionId.safeParse(text)
  if (parsed.success) return parsed.data
  throw usageError(`the name of a session ${parsed.error.issues[0]?.message}`)
}

/** What a command that we suggest must name, with the space before it. */
export function sessionFlag(sessionId: SessionId): string {
  if (sessionId === DEFAULT_SESSION) return ''
  const quoted = /^[\w.:/@-]+$/.test(sessionId)
    ? sessionId
    : `'${sessionId.replaceAll("'", "'\\''")}'`
  return ` --session ${oneLine(quoted)}`
}

/** An agent as the command line names it. */
export interface NamedAgent {
  readonly name: string
  readonly session: string | undefined
}

/** @throws CliError for a name that no agent or session can have */
export function agentRef({ name, session }: NamedAgent): {
  readonly sessionId: SessionId
  readonly agentId: AgentId
} {
  return { sessionId: asSession(session), agentId: asAgentId(name) }
}
