import { describe, expect, it } from 'vitest'
import { agentView } from '../../../../test/support/agent-view.js'
import { TaskId } from '../../../shared/model/ids.js'
import {
  type AgentsState,
  movesOf,
  NO_AGENTS,
  reduceAgents,
  touchesAgents,
  withAgents,
  withSessions,
  withShown,
} from './agents.js'
import type { HostEvent } from './host-event.js'

const taskId = TaskId.parse('task_a')
const who = { sessionId: 'main', agentId: 'anna' }

function made(seq: number, sessionId = 'main'): HostEvent {
  const params = { ...who, sessionId, state: 'idle' as const, reason: null, seq, at: seq }
  return { name: 'agent.created', params }
}

function active(seq: number): HostEvent {
  const move = { from: 'idle', state: 'active', reason: 'mail', taskId } as const
  return { name: 'agent.state_changed', params: { ...who, ...move, seq, at: seq } }
}

function deleted(seq: number): HostEvent {
  return { name: 'agent.deleted', params: { ...who, seq, at: seq } }
}

function read(seq: number): AgentsState {
  const sessions = [{ sessionId: 'main', agents: 1, createdAt: 1 }]
  const state = withSessions(NO_AGENTS, { sessions, seq })
  return withAgents(state, 'main', { agents: { anna: agentView() }, seq })
}

describe('agents', () => {
  it('follow what the host tells after they were read', () => {
    const { byId } = reduceAgents(read(5), active(6))
    expect(byId['anna']).toEqual(
      agentView({ state: 'active', current_task: taskId, reason: 'mail', state_since: 6 }),
    )
    const stopped: HostEvent = {
      name: 'agent.stopped',
      params: { ...who, from: 'active', state: 'stopped', reason: null, seq: 7, at: 7 },
    }
    const after = reduceAgents(reduceAgents(read(5), active(6)), stopped)
    expect(after.byId['anna']).toMatchObject({ state: 'stopped', started: false, state_since: 7 })
    expect(reduceAgents(after, deleted(8))).toMatchObject({ byId: {}, sessions: [] })
  })

  it('are not set back by what happened before they were read', () => {
    const state = read(5)
    expect(reduceAgents(state, active(5)).byId).toBe(state.byId)
    expect(reduceAgents(state, deleted(5))).toBe(state)
  })

  it('keep every move, also of agents that are not shown', () => {
    const state = [made(1, 'other'), made(2), active(3)].reduce(reduceAgents, NO_AGENTS)
    expect(movesOf(state, 'main', 'anna')).toMatchObject([
      { name: 'agent.created', from: null, state: 'idle', taskId: null },
      { name: 'agent.state_changed', from: 'idle', state: 'active', taskId, reason: 'mail' },
    ])
  })

  it('are read anew for what no event carries', () => {
    const state = read(5)
    expect(touchesAgents(state, active(6))).toBe(true)
    expect(touchesAgents(state, made(6, 'other'))).toBe(false)
    const params = { taskId, priority: 5, seq: 6, at: 6 }
    expect(touchesAgents(state, { name: 'task.updated', params })).toBe(false)
  })
})

describe('sessions of agents', () => {
  it('begin with their first agent and end with their last', () => {
    const none = withSessions(NO_AGENTS, { sessions: [], seq: 1 })
    const begun = reduceAgents(none, made(2))
    expect(begun).toMatchObject({
      sessionId: 'main',
      sessions: [{ sessionId: 'main', agents: 1, createdAt: 2 }],
    })
    expect(reduceAgents(begun, deleted(3))).toMatchObject({ sessionId: null, sessions: [] })
  })

  it('are shown as chosen, and the newest one where that is gone', () => {
    const two = [
      { sessionId: 'new', agents: 1, createdAt: 2 },
      { sessionId: 'old', agents: 1, createdAt: 1 },
    ]
    const chosen = withSessions(withShown(NO_AGENTS, 'old'), { sessions: two, seq: 1 })
    expect(chosen.sessionId).toBe('old')
    expect(withSessions(chosen, { sessions: two.slice(0, 1), seq: 2 }).sessionId).toBe('new')
  })

  it('do not mix: a late answer for another session changes nothing', () => {
    const state = withShown(read(5), 'other')
    expect(withAgents(state, 'main', { agents: { anna: agentView() }, seq: 9 })).toBe(state)
    expect(state).toMatchObject({ byId: {}, loaded: false })
  })
})
