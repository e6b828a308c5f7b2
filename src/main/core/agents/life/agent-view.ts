import type { AgentView } from '../../../../shared/model/agent.js'
import type { WaitingFor } from '../../../../shared/model/task.js'
import type { ReadDb, WriteDb } from '../../store/database.js'
import { selectClocks } from '../../store/queries/agent-clocks.js'
import { countQueued, selectWorkTotals } from '../../store/queries/agent-work.js'
import { countUnread, selectAwaited } from '../../store/queries/mails.js'
import type { AgentRecord } from './agent-record.js'
import { isOver } from './agent-state.js'

/** An agent as others see it. */
export function agentView(
  db: WriteDb,
  agent: AgentRecord,
  facts: { readonly waitingFor: WaitingFor | null; readonly nowMs: number },
): AgentView {
  const { config, sleep, taskId } = agent
  const awaited = taskId === null ? undefined : selectAwaited(db, taskId, facts.nowMs)
  return {
    state: agent.state,
    current_task: taskId,
    queue_size: countQueued(db, agent.ordinal),
    sleeping_until: agent.state === 'sleeping' ? (sleep?.untilMs ?? null) : null,
    started: agent.started,
    pausing: agent.pausing,
    will_sleep: agent.nextSleep !== null && !isOver(agent.nextSleep, facts.nowMs),
    wake_events: [...(sleep?.events ?? [])],
    wake_on_mail: sleep?.mailFrom ?? null,
    waiting_for: facts.waitingFor,
    waiting_for_agent: awaited?.to ?? null,
    unread_mail: countUnread(db, agent.sessionId, agent.agentId),
    definition: config.definition ?? null,
    model: config.model ?? null,
    tools: config.tools ?? null,
    limits: config.limits ?? {},
    subscriptions: [...agent.subscriptions],
    wake: selectClocks(db, agent.ordinal).map(({ cron, timezone, event, nextMs }) => ({
      ...{ cron, timezone, event },
      next_at: nextMs,
    })),
    ...totalsOf(db, agent.ordinal),
    created_at: agent.createdAtMs,
    state_since: agent.stateSinceMs,
    reason: agent.reason,
  }
}

function totalsOf(db: ReadDb, agent: number): Pick<AgentView, 'usage' | 'tasks'> {
  const { completed, failed, cancelled, ...totals } = selectWorkTotals(db, agent)
  const { tokens, turns, costMicroUsd, unpricedTokens } = totals
  return {
    usage: { tokens, turns, costUsd: unpricedTokens > 0 ? null : costMicroUsd / 1e6 },
    tasks: { completed, failed, cancelled },
  }
}
