import { z } from 'zod'
import { AgentConfig, AgentState } from '../../../../shared/model/agent.js'
import { TaskId } from '../../../../shared/model/ids.js'
import { MailPriority } from '../../../../shared/model/mail.js'
import type { AgentRecord } from '../../agents/life/agent-record.js'
import type { ReadDb, WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

const Sleep = z.object({
  untilMs: z.number().nullable(),
  events: z.array(z.string()),
  mailFrom: MailPriority.nullable(),
})

const AgentRow = z
  .object({
    ordinal: z.number(),
    session_id: z.string(),
    agent_id: z.string(),
    state: AgentState,
    started: z.number(),
    pausing: z.number(),
    sleep: json(Sleep).nullable(),
    next_sleep: json(Sleep).nullable(),
    task_id: TaskId.nullable(),
    config: json(AgentConfig),
    subscriptions: json(z.array(z.string())),
    reason: z.string().nullable(),
    state_since_ms: z.number(),
    created_at_ms: z.number(),
  })
  .transform(
    (row): AgentRecord => ({
      ordinal: row.ordinal,
      sessionId: row.session_id,
      agentId: row.agent_id,
      state: row.state,
      started: row.started === 1,
      pausing: row.pausing === 1,
      sleep: row.sleep,
      nextSleep: row.next_sleep,
      taskId: row.task_id,
      config: row.config,
      subscriptions: row.subscriptions,
      reason: row.reason,
      stateSinceMs: row.state_since_ms,
      createdAtMs: row.created_at_ms,
    }),
  )

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): AgentRecord[] {
  const key = (row: unknown) => String((row as { ordinal: number }).ordinal)
  return parseRows(db, { table: 'agents', key, atMs }, AgentRow, rows)
}

/** @returns its ordinal */
export function insertAgent(db: WriteDb, agent: Omit<AgentRecord, 'ordinal'>): number {
  const result = statement(
    db,
    `INSERT INTO agents (session_id, agent_id, state, started, config, subscriptions, reason,
       state_since_ms, created_at_ms)
     VALUES (@sessionId, @agentId, @state, @started, @config, @subscriptions, @reason,
       @stateSinceMs, @createdAtMs)`,
  ).run({
    sessionId: agent.sessionId,
    agentId: agent.agentId,
    state: agent.state,
    started: agent.started ? 1 : 0,
    config: JSON.stringify(agent.config),
    subscriptions: JSON.stringify(agent.subscriptions),
    reason: agent.reason,
    stateSinceMs: agent.stateSinceMs,
    createdAtMs: agent.createdAtMs,
  })
  return Number(result.lastInsertRowid)
}

/** Stores what of an agent may change. */
export function updateAgent(db: WriteDb, agent: AgentRecord): void {
  statement(
    db,
    `UPDATE agents SET state = @state, started = @started, pausing = @pausing, sleep = @sleep,
       next_sleep = @nextSleep, sleep_until_ms = @sleepUntilMs, task_id = @taskId,
       subscriptions = @subscriptions, reason = @reason, state_since_ms = @stateSinceMs
     WHERE ordinal = @ordinal`,
  ).run({
    ordinal: agent.ordinal,
    state: agent.state,
    started: agent.started ? 1 : 0,
    pausing: agent.pausing ? 1 : 0,
    sleep: agent.sleep === null ? null : JSON.stringify(agent.sleep),
    nextSleep: agent.nextSleep === null ? null : JSON.stringify(agent.nextSleep),
    sleepUntilMs: agent.sleep?.untilMs ?? null,
    taskId: agent.taskId,
    subscriptions: JSON.stringify(agent.subscriptions),
    reason: agent.reason,
    stateSinceMs: agent.stateSinceMs,
  })
}

/** Its number, also of one that cannot be read. */
export function selectAgentOrdinal(
  db: ReadDb,
  sessionId: string,
  agentId: string,
): number | undefined {
  return statement(db, 'SELECT ordinal FROM agents WHERE session_id = ? AND agent_id = ?')
    .pluck()
    .get(sessionId, agentId) as number | undefined
}

/** Numbers of all agents, also of those that cannot be read. */
export function selectAgentOrdinals(db: ReadDb): number[] {
  return statement(db, 'SELECT ordinal FROM agents ORDER BY ordinal').pluck().all() as number[]
}

export function deleteAgentRow(db: WriteDb, ordinal: number): void {
  statement(db, 'DELETE FROM agents WHERE ordinal = ?').run(ordinal)
}

export function selectAgent(
  db: WriteDb,
  sessionId: string,
  agentId: string,
  atMs: number,
): AgentRecord | undefined {
  const row = statement(db, 'SELECT * FROM agents WHERE session_id = ? AND agent_id = ?').get(
    sessionId,
    agentId,
  )
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

export function selectAgentByOrdinal(
  db: WriteDb,
  ordinal: number,
  atMs: number,
): AgentRecord | undefined {
  const row = statement(db, 'SELECT * FROM agents WHERE ordinal = ?').get(ordinal)
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

/** Of a session, oldest first. */
export function selectAgents(db: WriteDb, sessionId: string, atMs: number): AgentRecord[] {
  const rows = statement(db, 'SELECT * FROM agents WHERE session_id = ? ORDER BY ordinal').all(
    sessionId,
  )
  return parse(db, rows, atMs)
}

/** Of every session. */
export function selectAllAgents(db: WriteDb, atMs: number): AgentRecord[] {
  return parse(db, statement(db, 'SELECT * FROM agents ORDER BY ordinal').all(), atMs)
}

/** Every name that is taken, also of agents that cannot be read. */
export function selectAgentNames(db: ReadDb, sessionId: string): string[] {
  return statement(db, 'SELECT agent_id FROM agents WHERE session_id = ? ORDER BY agent_id')
    .pluck()
    .all(sessionId) as string[]
}

export function selectSessions(
  db: ReadDb,
): { sessionId: string; agents: number; createdAt: number }[] {
  return statement(
    db,
    `SELECT session_id AS sessionId, count(*) AS agents, min(created_at_ms) AS createdAt
     FROM agents GROUP BY session_id ORDER BY createdAt DESC`,
  ).all() as { sessionId: string; agents: number; createdAt: number }[]
}

/** Sleepers whose deadline has come. */
export function selectDueSleepers(db: WriteDb, nowMs: number): AgentRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM agents INDEXED BY agents_asleep
     WHERE state = 'sleeping' AND sleep_until_ms IS NOT NULL AND sleep_until_ms <= ?
     ORDER BY sleep_until_ms LIMIT 100`,
  ).all(nowMs)
  return parse(db, rows, nowMs)
}

/** The next instant at which a sleep ends, a clock strikes, or a mail expires; null when none will. */
export function selectNextAgentTimer(db: ReadDb): number | null {
  const row = statement(
    db,
    `SELECT min(at) FROM (
       SELECT min(sleep_until_ms) AS at FROM agents INDEXED BY agents_asleep
         WHERE state = 'sleeping' AND sleep_until_ms IS NOT NULL
       UNION ALL SELECT min(next_ms) FROM agent_clocks INDEXED BY agent_clocks_due
         WHERE next_ms IS NOT NULL
       UNION ALL SELECT min(expires_at_ms) FROM mails INDEXED BY mails_expiring
         WHERE state = 'unread' AND expires_at_ms IS NOT NULL)`,
  )
    .pluck()
    .get()
  return row as number | null
}
