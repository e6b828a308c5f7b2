import { AppError } from '../../../../shared/rpc/errors.js'
import type { Transaction } from '../../events/event-log.js'
import type { ReadDb } from '../../store/database.js'
import { selectAgent, selectAgentNames, selectSessions } from '../../store/queries/agents.js'
import type { AgentRecord } from './agent-record.js'

/** Sessions that an error names. */
const NAMED = 10

/** @throws AppError `not_found` that names the agents of the session, `invalid_state` for one that cannot be read */
export function requireAgent(
  { db, at }: Pick<Transaction, 'db' | 'at'>,
  { sessionId, agentId }: { readonly sessionId: string; readonly agentId: string },
): AgentRecord {
  const agent = selectAgent(db, sessionId, agentId, at)
  if (agent !== undefined) return agent
  const names = requireSession(db, sessionId)
  if (names.includes(agentId)) {
    throw new AppError(
      'invalid_state',
      `agentId: what is stored of agent ${agentId} cannot be read; the others go on; delete it to use the name anew`,
    )
  }
  throw new AppError(
    'not_found',
    `agentId: there is no agent ${agentId} in this session; its agents are ${names.join(', ')}`,
  )
}

/**
 * @returns the names of its agents
 * @throws AppError `not_found` that names sessions which there are
 */
export function requireSession(db: ReadDb, sessionId: string): string[] {
  const names = selectAgentNames(db, sessionId)
  if (names.length === 0) throw unknownSession(db, sessionId)
  return names
}

export function unknownSession(db: ReadDb, sessionId: string): AppError {
  const known = selectSessions(db)
  const named = known.slice(0, NAMED).map((session) => session.sessionId)
  const hint =
    named.length === 0
      ? 'async.createAgent begins one'
      : `there are ${named.join(', ')}${known.length > NAMED ? ' and others' : ''}`
  return new AppError(
    'not_found',
    `sessionId: there is no session ${JSON.stringify(sessionId)}; ${hint}`,
  )
}
