import { z } from 'zod'
import { WorkKind } from '../../../../shared/model/agent.js'
import { MailId, TaskId } from '../../../../shared/model/ids.js'
import type { WorkRecord } from '../../agents/life/agent-record.js'
import type { TaskRecord } from '../../tasks/task-record.js'
import type { ReadDb, WriteDb } from '../database.js'
import { parseRows } from '../rows.js'
import { statement } from '../statement.js'

const WorkRow = z
  .object({
    ordinal: z.number(),
    task_id: TaskId,
    agent: z.number(),
    kind: WorkKind,
    mail_id: MailId.nullable(),
    hops: z.number(),
    state: z.enum(['queued', 'current', 'ended']),
    begun: z.number(),
  })
  .transform(
    (row): WorkRecord => ({
      ordinal: row.ordinal,
      taskId: row.task_id,
      agent: row.agent,
      kind: row.kind,
      mailId: row.mail_id,
      hops: row.hops,
      state: row.state,
      begun: row.begun === 1,
    }),
  )

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): WorkRecord[] {
  const key = (row: unknown) => (row as { task_id: string }).task_id
  return parseRows(db, { table: 'agent_work', key, atMs }, WorkRow, rows)
}

export function insertWork(db: WriteDb, work: Omit<WorkRecord, 'ordinal' | 'begun'>): void {
  statement(
    db,
    `INSERT INTO agent_work (task_id, agent, kind, mail_id, hops, state)
     VALUES (@taskId, @agent, @kind, @mailId, @hops, @state)`,
  ).run(work)
}

export function selectWork(db: WriteDb, taskId: string, atMs: number): WorkRecord | undefined {
  const row = statement(db, 'SELECT * FROM agent_work WHERE task_id = ?').get(taskId)
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

export function setWorkState(db: WriteDb, taskId: TaskId, state: WorkRecord['state']): void {
  statement(db, 'UPDATE agent_work SET state = ? WHERE task_id = ?').run(state, taskId)
}

export function setWorkBegun(db: WriteDb, taskId: TaskId, begun: boolean): void {
  statement(db, 'UPDATE agent_work SET begun = ? WHERE task_id = ?').run(begun ? 1 : 0, taskId)
}

/** Whether a task is the work of an agent, be its row readable or not. */
export function isWork(db: ReadDb, taskId: TaskId): boolean {
  return statement(db, 'SELECT 1 FROM agent_work WHERE task_id = ?').get(taskId) !== undefined
}

/** Open tasks of an agent by its number, also of one that cannot be read. */
export function selectOpenWorkIds(db: ReadDb, agent: number): TaskId[] {
  return statement(
    db,
    `SELECT task_id FROM agent_work INDEXED BY agent_work_by_agent
     WHERE agent = ? AND state <> 'ended'`,
  )
    .pluck()
    .all(agent) as TaskId[]
}

/** The oldest that waits for the agent. */
export function selectFirstQueued(
  db: WriteDb,
  agent: number,
  atMs: number,
): WorkRecord | undefined {
  const rows = statement(
    db,
    `SELECT * FROM agent_work INDEXED BY agent_work_queued
     WHERE agent = ? AND state = 'queued' ORDER BY ordinal LIMIT 20`,
  ).all(agent)
  return parse(db, rows, atMs)[0]
}

export function selectQueued(db: WriteDb, agent: number, atMs: number): WorkRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM agent_work INDEXED BY agent_work_queued
     WHERE agent = ? AND state = 'queued' ORDER BY ordinal`,
  ).all(agent)
  return parse(db, rows, atMs)
}

export function countQueued(db: ReadDb, agent: number): number {
  return statement(
    db,
    `SELECT count(*) FROM agent_work INDEXED BY agent_work_queued
     WHERE agent = ? AND state = 'queued'`,
  )
    .pluck()
    .get(agent) as number
}

/** Newest first, from before an ordinal. */
export function selectWorkPage(
  db: WriteDb,
  agent: number,
  page: { readonly before: number; readonly limit: number },
  atMs: number,
): WorkRecord[] {
  const rows = statement(
    db,
    `SELECT * FROM agent_work INDEXED BY agent_work_by_agent
     WHERE agent = @agent AND ordinal < @before ORDER BY ordinal DESC LIMIT @limit`,
  ).all({ agent, ...page })
  return parse(db, rows, atMs)
}

/** Ids of tasks that the agent has done, newest first. */
export function selectDoneTaskIds(db: ReadDb, agent: number, limit: number): TaskId[] {
  return statement(
    db,
    `SELECT task_id FROM agent_work INDEXED BY agent_work_by_agent
     WHERE agent = ? AND state = 'ended' AND begun = 1 ORDER BY ordinal DESC LIMIT ?`,
  )
    .pluck()
    .all(agent, limit) as TaskId[]
}

export interface WorkTotals {
  readonly completed: number
  readonly failed: number
  readonly cancelled: number
  readonly tokens: number
  readonly turns: number
  readonly costMicroUsd: number
  readonly unpricedTokens: number
}

/** What the tasks of an agent that have ended came to. */
export function selectWorkTotals(db: ReadDb, agent: number): WorkTotals {
  return statement(
    db,
    `SELECT completed, failed, cancelled, tokens, turns, cost_micro_usd AS costMicroUsd,
       unpriced_tokens AS unpricedTokens
     FROM agents WHERE ordinal = ?`,
  ).get(agent) as WorkTotals
}

/** Counts a task that has ended; `times` -1 takes it back, as it is tried again. */
export function addWorkTotals(
  db: WriteDb,
  agent: number,
  task: Pick<TaskRecord, 'state' | 'tokensUsed' | 'turns' | 'costMicroUsd' | 'unpricedTokens'>,
  times: 1 | -1,
): void {
  statement(
    db,
    `UPDATE agents SET completed = completed + @times * (@state = 'completed'),
       failed = failed + @times * (@state = 'failed'),
       cancelled = cancelled + @times * (@state = 'cancelled'),
       tokens = tokens + @times * @tokensUsed, turns = turns + @times * @turns,
       cost_micro_usd = cost_micro_usd + @times * @costMicroUsd,
       unpriced_tokens = unpriced_tokens + @times * @unpricedTokens
     WHERE ordinal = @agent`,
  ).run({
    agent,
    times,
    state: task.state,
    tokensUsed: task.tokensUsed,
    turns: task.turns,
    costMicroUsd: task.costMicroUsd,
    unpricedTokens: task.unpricedTokens,
  })
}
