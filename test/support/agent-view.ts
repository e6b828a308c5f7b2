import type { AgentView } from '../../src/shared/model/agent.js'

/** An agent that waits for its first work, as a host tells of it; `change` says what is different. */
export function agentView(change: Partial<AgentView> = {}): AgentView {
  return {
    state: 'idle',
    current_task: null,
    queue_size: 0,
    sleeping_until: null,
    started: true,
    pausing: false,
    will_sleep: false,
    wake_events: [],
    wake_on_mail: null,
    waiting_for: null,
    waiting_for_agent: null,
    unread_mail: 0,
    definition: null,
    model: null,
    tools: null,
    limits: {},
    subscriptions: [],
    wake: [],
    usage: { tokens: 0, costUsd: 0, turns: 0 },
    tasks: { completed: 0, failed: 0, cancelled: 0 },
    created_at: 1,
    state_since: 1,
    reason: null,
    ...change,
  }
}
