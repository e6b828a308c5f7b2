import { z } from 'zod'
import { Check } from '../../../../shared/model/check.js'
import { PlanId, TaskId } from '../../../../shared/model/ids.js'
import { PlanState } from '../../../../shared/model/plan.js'
import { TaskState } from '../../../../shared/model/task.js'
import type { AssignedPart } from '../../orchestrator/plan-graph.js'
import type { ReadDb, WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

const PlanRow = z
  .object({
    id: PlanId,
    task_id: TaskId,
    round: z.number(),
    state: PlanState,
    goal: z.string(),
    remark: z.string().nullable(),
    created_at_ms: z.number(),
  })
  .transform((row) => ({
    id: row.id,
    taskId: row.task_id,
    round: row.round,
    state: row.state,
    goal: row.goal,
    /** What the person said to it. */
    remark: row.remark,
    createdAtMs: row.created_at_ms,
  }))
export type PlanRecord = z.output<typeof PlanRow>

const PartRow = z
  .object({
    key: z.string(),
    title: z.string(),
    description: z.string(),
    agent: z.string(),
    reason: z.string(),
    depends_on: json(z.array(z.string())),
    checks: json(z.array(Check)),
    task_id: TaskId.nullable(),
    worker: z.string().nullable(),
    state: TaskState.nullable(),
  })
  .transform(({ depends_on: dependsOn, task_id: taskId, ...row }) => ({
    ...row,
    dependsOn,
    taskId,
  }))
export type PartRecord = z.output<typeof PartRow>

const PLAN = 'id, task_id, round, state, goal, remark, created_at_ms'

function parsePlans(db: WriteDb, rows: readonly unknown[], atMs: number): PlanRecord[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'plans', key, atMs }, PlanRow, rows)
}

export function insertPlan(
  db: WriteDb,
  plan: Omit<PlanRecord, 'remark'> & { readonly callId: string },
): void {
  statement(
    db,
    `INSERT INTO plans (id, task_id, call_id, round, state, goal, created_at_ms)
     VALUES (@id, @taskId, @callId, @round, @state, @goal, @createdAtMs)`,
  ).run(plan)
}

export function updatePlan(
  db: WriteDb,
  id: PlanId,
  { state, remark = null }: { readonly state: PlanState; readonly remark?: string | null },
): void {
  statement(db, 'UPDATE plans SET state = ?, remark = coalesce(?, remark) WHERE id = ?').run(
    state,
    remark,
    id,
  )
}

/** Takes the place of whatever parts the plan had. */
export function replaceParts(db: WriteDb, id: PlanId, parts: readonly AssignedPart[]): void {
  statement(db, 'DELETE FROM plan_parts WHERE plan_id = ?').run(id)
  const insert = statement(
    db,
    `INSERT INTO plan_parts (plan_id, position, key, title, description, agent, reason, depends_on, checks)
     VALUES (@id, @position, @key, @title, @description, @agent, @reason, @dependsOn, @checks)`,
  )
  parts.forEach(({ key, title, description, agent, reason, ...part }, position) => {
    const [dependsOn, checks] = [part.dependsOn, part.checks].map((list) => JSON.stringify(list))
    insert.run({ id, position, key, title, description, agent, reason, dependsOn, checks })
  })
}

export function setPartTask(db: WriteDb, id: PlanId, key: string, taskId: TaskId): void {
  statement(db, 'UPDATE plan_parts SET task_id = ? WHERE plan_id = ? AND key = ?').run(
    taskId,
    id,
    key,
  )
}

export function selectPlan(db: WriteDb, id: PlanId, atMs: number): PlanRecord | undefined {
  const row = statement(db, `SELECT ${PLAN} FROM plans WHERE id = ?`).get(id)
  return row === undefined ? undefined : parsePlans(db, [row], atMs)[0]
}

export function selectPlanOfCall(
  db: WriteDb,
  callId: string,
  atMs: number,
): PlanRecord | undefined {
  const row = statement(db, `SELECT ${PLAN} FROM plans WHERE call_id = ?`).get(callId)
  return row === undefined ? undefined : parsePlans(db, [row], atMs)[0]
}

/** The name of the call that made a plan. */
export function selectCallId(db: ReadDb, id: PlanId): string | undefined {
  return statement(db, 'SELECT call_id FROM plans WHERE id = ?').pluck().get(id) as
    | string
    | undefined
}

/** Of a lead, oldest first. */
export function selectPlans(db: WriteDb, taskId: TaskId, atMs: number): PlanRecord[] {
  const rows = statement(
    db,
    `SELECT ${PLAN} FROM plans INDEXED BY plans_by_task WHERE task_id = ? ORDER BY ordinal`,
  ).all(taskId)
  return parsePlans(db, rows, atMs)
}

export function selectParts(db: WriteDb, id: PlanId, atMs: number): PartRecord[] {
  const rows = statement(
    db,
    `SELECT plan_parts.*, tasks.state AS state
     FROM plan_parts LEFT JOIN tasks ON tasks.id = plan_parts.task_id
     WHERE plan_id = ? ORDER BY position`,
  ).all(id)
  const key = (row: unknown) => `${id}/${(row as { key: string }).key}`
  return parseRows(db, { table: 'plan_parts', key, atMs }, PartRow, rows)
}

/** Where a task stands in a team; undefined for one that is no part of a plan. */
export interface Membership {
  readonly planId: PlanId
  readonly key: string
  readonly agent: string
  readonly worker: string | null
  /** The task of the lead. */
  readonly leadId: TaskId
}

export function selectMembership(db: ReadDb, taskId: TaskId): Membership | undefined {
  return statement(
    db,
    `SELECT plan_id AS planId, key, agent, worker, plans.task_id AS leadId
     FROM plan_parts INDEXED BY plan_parts_by_task JOIN plans ON plans.id = plan_parts.plan_id
     WHERE plan_parts.task_id = ?`,
  ).get(taskId) as Membership | undefined
}

export interface TeamTask {
  readonly taskId: TaskId
  readonly agent: string
  readonly worker: string | null
  readonly state: TaskState
  /** It was held back for want of a free worker. */
  readonly isHeld: 0 | 1
}

/** The tasks of a team, all rounds, oldest first. */
export function selectTeam(db: ReadDb, leadId: TaskId): TeamTask[] {
  return statement(
    db,
    `SELECT tasks.id AS taskId, agent, worker, tasks.state AS state,
       (tasks.state = 'pending' AND tasks.own_wait IS 'limit') AS isHeld
     FROM plans INDEXED BY plans_by_task JOIN plan_parts ON plan_parts.plan_id = plans.id
       JOIN tasks ON tasks.id = plan_parts.task_id
     WHERE plans.task_id = ? ORDER BY tasks.ordinal`,
  ).all(leadId) as TeamTask[]
}

export function setWorker(db: WriteDb, taskId: TaskId, worker: string): void {
  statement(db, 'UPDATE plan_parts SET worker = ? WHERE task_id = ?').run(worker, taskId)
}

/** Leads whose plan runs. */
export function selectRunningLeads(db: ReadDb): TaskId[] {
  return statement(
    db,
    `SELECT DISTINCT plans.task_id FROM plans JOIN tasks ON tasks.id = plans.task_id
     WHERE plans.state = 'running' AND tasks.state IN ('pending', 'running')`,
  )
    .pluck()
    .all() as TaskId[]
}

/** Open tasks below a lead that has ended without success: nobody waits for them. */
export function selectOrphans(db: ReadDb): TaskId[] {
  return statement(
    db,
    `SELECT child.id FROM plans JOIN tasks AS lead ON lead.id = plans.task_id
       JOIN tasks AS child INDEXED BY tasks_by_parent ON child.parent_id = lead.id
     WHERE plans.state = 'running' AND lead.state IN ('failed', 'cancelled')
       AND child.state IN ('pending', 'running')`,
  )
    .pluck()
    .all() as TaskId[]
}
