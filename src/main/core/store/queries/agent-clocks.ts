import type { ClockRecord } from '../../agents/life/agent-record.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

const COLUMNS = 'id, agent, cron, timezone, event, next_ms AS nextMs'

export function insertClock(db: WriteDb, clock: Omit<ClockRecord, 'id'>): void {
  statement(
    db,
    `INSERT INTO agent_clocks (agent, cron, timezone, event, next_ms)
     VALUES (@agent, @cron, @timezone, @event, @nextMs)`,
  ).run(clock)
}

export function selectClocks(db: ReadDb, agent: number): ClockRecord[] {
  return statement(
    db,
    `SELECT ${COLUMNS} FROM agent_clocks INDEXED BY agent_clocks_by_agent WHERE agent = ? ORDER BY id`,
  ).all(agent) as ClockRecord[]
}

export function selectDueClocks(db: ReadDb, nowMs: number): ClockRecord[] {
  return statement(
    db,
    `SELECT ${COLUMNS} FROM agent_clocks INDEXED BY agent_clocks_due
     WHERE next_ms IS NOT NULL AND next_ms <= ? ORDER BY next_ms LIMIT 100`,
  ).all(nowMs) as ClockRecord[]
}

export function setNextStrike(db: WriteDb, id: number, nextMs: number | null): void {
  statement(db, 'UPDATE agent_clocks SET next_ms = ? WHERE id = ?').run(nextMs, id)
}

export function deleteClocks(db: WriteDb, agent: number): void {
  statement(db, 'DELETE FROM agent_clocks WHERE agent = ?').run(agent)
}
