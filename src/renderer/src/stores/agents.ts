import { create } from 'zustand'
import type { AgentState, AgentView } from '../../../shared/model/agent.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import type { HostEvent, HostEventOf } from './host-event.js'
import { remembered } from './storage.js'

export type AgentSession = ResultOf<'async.listSessions'>['sessions'][number]

/** A step in the life of an agent, as it was heard. */
export interface Move {
  readonly sessionId: string
  readonly agentId: string
  /** What moved it. */
  readonly name: MoveEvent['name']
  /** Null for one that has just been made. */
  readonly from: AgentState | null
  readonly state: AgentState
  readonly reason: string | null
  readonly taskId: TaskId | null
  readonly seq: number
  readonly at: number
}

export interface AgentsState {
  /** Newest first; null until the host has answered. */
  readonly sessions: readonly AgentSession[] | null
  /** The session that is shown; null where there is none. */
  readonly sessionId: string | null
  /** The agents of that session, in the order in which they were made. */
  readonly byId: Readonly<Record<string, AgentView>>
  /** `seq` of what was read last; older news is ignored. */
  readonly seq: number
  readonly sessionsSeq: number
  /** Whether the agents of `sessionId` were read. */
  readonly loaded: boolean
  /** Why sessions or agents could not be read; null when they were. */
  readonly error: string | null
  /** Since this window knows the host, oldest first, of all sessions. */
  readonly moves: readonly Move[]
}

export const SHOWN_SESSION = 'agent-session'

export const NO_AGENTS: AgentsState = {
  sessions: null,
  sessionId: null,
  byId: {},
  seq: -1,
  sessionsSeq: -1,
  loaded: false,
  error: null,
  moves: [],
}

export const useAgents = create<AgentsState>(() => ({
  ...NO_AGENTS,
  sessionId: remembered(SHOWN_SESSION),
}))

/** More of them than anybody scrolls through are not kept. */
const MOST_MOVES = 2000

type MoveEvent = HostEventOf<
  | 'agent.created'
  | 'agent.started'
  | 'agent.paused'
  | 'agent.resumed'
  | 'agent.stopped'
  | 'agent.state_changed'
>

export function reduceAgents(state: AgentsState, event: HostEvent): AgentsState {
  switch (event.name) {
    case 'agent.created':
      return noted(counted(state, event, 1), event)
    case 'agent.started':
    case 'agent.paused':
    case 'agent.resumed':
    case 'agent.stopped':
    case 'agent.state_changed':
      return noted(moved(state, event), event)
    case 'agent.deleted': {
      const { sessionId, agentId, seq } = event.params
      const left = counted(state, event, -1)
      if (sessionId !== left.sessionId || seq <= left.seq) return left
      const { [agentId]: _gone, ...byId } = left.byId
      return { ...left, byId }
    }
    default:
      return state
  }
}

/** The host's sessions; another one is shown where the one that was shown is gone. */
export function withSessions(
  state: AgentsState,
  { sessions, seq }: ResultOf<'async.listSessions'>,
): AgentsState {
  return shownWithin({ ...state, sessions, sessionsSeq: seq, error: null })
}

/** All agents of the session that is shown, whatever was known before. */
export function withAgents(
  state: AgentsState,
  sessionId: string,
  { agents, seq }: ResultOf<'async.getAgentStates'>,
): AgentsState {
  if (sessionId !== state.sessionId) return state
  return { ...state, byId: agents, seq, loaded: true, error: null }
}

export function withShown(state: AgentsState, sessionId: string | null): AgentsState {
  if (sessionId === state.sessionId) return state
  return { ...state, sessionId, byId: {}, seq: -1, loaded: false, error: null }
}

export function movesOf(
  { moves }: Pick<AgentsState, 'moves'>,
  sessionId: string,
  agentId: string,
): readonly Move[] {
  return moves.filter((move) => move.sessionId === sessionId && move.agentId === agentId)
}

/**
 * True when an event may have changed what is told of the agents of a session but stands in no event, such
 * as queues and usage, so that they have to be read anew. A task does not say whose it is.
 */
export function touchesAgents({ sessionId }: AgentsState, event: HostEvent): boolean {
  switch (event.name) {
    case 'task.created':
    case 'task.waiting':
    case 'task.cancelled':
      return true
    case 'agent.created':
    case 'agent.deleted':
    case 'agent.started':
    case 'agent.paused':
    case 'agent.resumed':
    case 'agent.stopped':
    case 'agent.state_changed':
    case 'agent.updated':
    case 'async.task.started':
    case 'async.task.continuation':
    case 'async.task.completed':
    case 'async.task.error':
    case 'async.event':
    case 'mail.received':
    case 'mail.updated':
      return event.params.sessionId === sessionId
    default:
      return false
  }
}

function noted(state: AgentsState, event: MoveEvent): AgentsState {
  const { sessionId, agentId, state: to, reason, seq, at } = event.params
  const from = event.name === 'agent.created' ? null : event.params.from
  const taskId = event.name === 'agent.created' ? null : (event.params.taskId ?? null)
  const move = { sessionId, agentId, name: event.name, from, state: to, reason, taskId, seq, at }
  return { ...state, moves: [...state.moves, move].slice(-MOST_MOVES) }
}

function moved(
  state: AgentsState,
  event: Exclude<MoveEvent, { readonly name: 'agent.created' }>,
): AgentsState {
  const { sessionId, agentId, state: to, reason, taskId, seq, at } = event.params
  const known = state.byId[agentId]
  if (sessionId !== state.sessionId || known === undefined || seq <= state.seq) return state
  const next: AgentView = {
    ...known,
    state: to,
    reason,
    started: event.name === 'agent.started' || (known.started && event.name !== 'agent.stopped'),
    pausing: known.pausing && event.name !== 'agent.paused',
    current_task: to === 'active' ? (taskId ?? known.current_task) : known.current_task,
    sleeping_until: to === 'sleeping' ? known.sleeping_until : null,
    state_since: event.params.from === to ? known.state_since : at,
  }
  return { ...state, byId: { ...state.byId, [agentId]: next } }
}

/** A session begins with its first agent and ends with its last one. */
function counted(
  state: AgentsState,
  { params }: HostEventOf<'agent.created' | 'agent.deleted'>,
  by: 1 | -1,
): AgentsState {
  const { sessionId, seq, at } = params
  if (state.sessions === null || seq <= state.sessionsSeq) return state
  const known = state.sessions.some((session) => session.sessionId === sessionId)
  const begun = known || by < 0 ? [] : [{ sessionId, agents: 0, createdAt: at }]
  const sessions = [...begun, ...state.sessions]
    .map((session) =>
      session.sessionId === sessionId ? { ...session, agents: session.agents + by } : session,
    )
    .filter(({ agents }) => agents > 0)
  return shownWithin({ ...state, sessions })
}

function shownWithin(state: AgentsState): AgentsState {
  const sessions = state.sessions ?? []
  const isThere = sessions.some(({ sessionId }) => sessionId === state.sessionId)
  return isThere ? state : withShown(state, sessions[0]?.sessionId ?? null)
}
