import type { PlanId, TaskId } from '../../../shared/model/ids.js'
import type { PartParams, Plan } from '../../../shared/model/plan.js'
import { isTerminal } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Ids } from '../ports.js'
import type { Submission } from '../scheduler/new-task.js'
import { about } from '../scheduler/task-events.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import type { WriteDb } from '../store/database.js'
import {
  insertPlan,
  type PartRecord,
  type PlanRecord,
  replaceParts,
  selectMembership,
  selectParts,
  selectPlan,
  selectPlans,
  setPartTask,
  updatePlan,
} from '../store/queries/plans.js'
import { selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { type AssignedPart, assignParts } from './plan-graph.js'
import type { Selectable } from './select-agent.js'

/** What a part is a part of. */
export interface PartContext {
  readonly lead: TaskRecord
  readonly goal: string
  /** Tasks of the parts before it, by key. */
  readonly taskOf: ReadonlyMap<string, TaskId>
}

/** So often may a lead plan: once, and for what failed. */
export const MOST_ROUNDS = 3

export interface PlansOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  /** Stores a task in a commit of the caller. */
  readonly submit: (transaction: Transaction, submission: Submission) => TaskId
  /** Something has happened that a task may wait for. */
  readonly look: (transaction: Transaction, id: TaskId) => void
  readonly agentsIn: (workspace: string) => Promise<readonly Selectable[]>
}

export interface Proposal {
  readonly lead: TaskRecord
  /** Names the call of the lead: the same one never plans twice. */
  readonly callId: string
  readonly goal: string
  readonly parts: readonly AssignedPart[]
  /** Whether the person is to look at it first. */
  readonly asks: boolean
}

/**
 * Plans of leads. States: proposed → running → settled, or proposed → rejected. A plan and its tasks begin in
 * one commit; from then on each part is a task below the lead's, and the scheduler knows what depends on what.
 */
export class Plans {
  readonly #options: PlansOptions

  constructor(options: PlansOptions) {
    this.#options = options
  }

  /** Of a lead, oldest first. @throws AppError `not_found` */
  list(id: TaskId): Plan[] {
    const { log, clock } = this.#options
    const now = clock.now()
    return log.query((db) => {
      const lead = selectTask(db, id, now)
      if (lead === undefined) throw new AppError('not_found', `there is no task ${id}`)
      return selectPlans(db, id, now).map((plan) => viewOf(db, plan, lead, now))
    })
  }

  /** Undefined for one that is not there, or whose lead cannot be read. */
  get(id: PlanId): Plan | undefined {
    const { log, clock } = this.#options
    const now = clock.now()
    return log.query((db) => {
      const plan = selectPlan(db, id, now)
      const lead = plan === undefined ? undefined : selectTask(db, plan.taskId, now)
      return plan === undefined || lead === undefined ? undefined : viewOf(db, plan, lead, now)
    })
  }

  /** Who does what, once every part is in order. @throws what `assignParts` throws */
  async assign(parts: readonly PartParams[], workspace: string): Promise<AssignedPart[]> {
    return assignParts(parts, await this.#options.agentsIn(workspace))
  }

  /** @throws AppError `limit_exceeded` for a round too many */
  propose(tx: Transaction, { lead, callId, goal, parts, asks }: Proposal): PlanRecord {
    const earlier = selectPlans(tx.db, lead.id, tx.at)
    // Another run of the lead, after it was tried again, has its rounds again.
    const run = runOf(callId)
    const rounds = earlier.filter((plan) => plan.state !== 'rejected' && plan.run === run).length
    if (rounds >= MOST_ROUNDS) {
      throw new AppError(
        'limit_exceeded',
        `this is plan ${rounds + 1}, and ${MOST_ROUNDS} rounds are the most; finish with what there is, and say what is missing`,
      )
    }
    const plan: PlanRecord = {
      id: this.#options.ids.next('plan') as PlanId,
      taskId: lead.id,
      round: rounds + 1,
      state: asks ? 'proposed' : 'running',
      goal,
      remark: null,
      run,
      createdAtMs: tx.at,
    }
    insertPlan(tx.db, { ...plan, callId })
    replaceParts(tx.db, plan.id, parts)
    if (asks) this.tell(tx, plan, lead)
    else this.#begin(tx, plan, lead)
    return plan
  }

  /** @throws AppError `invalid_state` unless it waits for approval, and what `assignParts` throws */
  async update(id: PlanId, parts: readonly PartParams[]): Promise<Plan> {
    const { log, clock } = this.#options
    const { lead } = log.query((db) => proposedIn({ db, at: clock.now() }, id))
    const assigned = await this.assign(parts, lead.workspace)
    return log.transaction((tx) => {
      const proposed = proposedIn(tx, id)
      replaceParts(tx.db, id, assigned)
      return this.tell(tx, proposed.plan, proposed.lead)
    })
  }

  /** Its parts become tasks. @throws AppError `not_found`, `invalid_state` */
  approve(id: PlanId): Plan {
    return this.#options.log.transaction((tx) => {
      const { plan, lead } = proposedIn(tx, id)
      updatePlan(tx.db, id, { state: 'running' })
      const begun = this.#begin(tx, { ...plan, state: 'running' }, lead)
      this.#options.look(tx, lead.id)
      return begun
    })
  }

  /** The lead is told why, and may plan again. @throws AppError `not_found`, `invalid_state` */
  reject(id: PlanId, reason: string | undefined): Plan {
    return this.#options.log.transaction((tx) => {
      const { plan, lead } = proposedIn(tx, id)
      const remark = reason ?? ''
      updatePlan(tx.db, id, { state: 'rejected', remark })
      this.#options.look(tx, lead.id)
      return this.tell(tx, { ...plan, state: 'rejected', remark }, lead)
    })
  }

  /** Whether a lead may not go on before its plan was looked at. */
  isOpen(db: WriteDb, taskId: TaskId): boolean {
    const plans = selectPlans(db, taskId, this.#options.clock.now())
    return plans.some(({ state }) => state === 'proposed')
  }

  /** A plan is settled with the last of its tasks; one that waits for approval ends with its lead. */
  readonly ended: EndedHook = (tx, task) => {
    const membership = task.parentId === null ? undefined : selectMembership(tx.db, task.id)
    if (membership !== undefined) this.#settle(tx, membership.planId)
    if (task.type !== 'orchestration') return
    for (const plan of selectPlans(tx.db, task.id, tx.at)) {
      if (plan.state !== 'proposed') continue
      updatePlan(tx.db, plan.id, { state: 'rejected', remark: 'The lead has ended.' })
      this.tell(tx, { ...plan, state: 'rejected' }, task)
    }
  }

  #begin(tx: Transaction, plan: PlanRecord, lead: TaskRecord): Plan {
    const taskOf = new Map<string, TaskId>()
    for (const part of selectParts(tx.db, plan.id, tx.at)) {
      const params = this.paramsOf(part, { lead, goal: plan.goal, taskOf })
      const taskId = this.#options.submit(tx, {
        params,
        workspace: lead.workspace,
        contentHash: null,
      })
      taskOf.set(part.key, taskId)
      setPartTask(tx.db, plan.id, part.key, taskId)
    }
    return this.tell(tx, plan, lead)
  }

  /** What the worker of a part is given. */
  paramsOf(
    part: Pick<PartRecord, 'key' | 'title' | 'description' | 'agent' | 'dependsOn' | 'checks'>,
    { lead, goal, taskOf }: PartContext,
  ): TaskSubmitParams {
    const dependencies = part.dependsOn.flatMap((key) => taskOf.get(key) ?? [])
    return {
      type: 'agent_execution',
      description: part.description,
      agentType: part.agent,
      priority: lead.priority,
      parentId: lead.id,
      input: { part: part.key, title: part.title, goal },
      ...(dependencies.length === 0 ? {} : { dependencies }),
      ...(part.checks.length === 0 ? {} : { checks: [...part.checks] }),
      ...(lead.isolation === 'auto' ? {} : { isolation: lead.isolation }),
    }
  }

  #settle(tx: Transaction, id: PlanId): void {
    const plan = selectPlan(tx.db, id, tx.at)
    if (plan?.state !== 'running') return
    const lead = selectTask(tx.db, plan.taskId, tx.at)
    const parts = selectParts(tx.db, id, tx.at)
    if (lead === undefined || parts.some(({ state }) => state !== null && !isTerminal(state)))
      return
    updatePlan(tx.db, id, { state: 'settled' })
    this.tell(tx, { ...plan, state: 'settled' }, lead)
  }

  /** Tells everybody how a plan stands. */
  tell(tx: Transaction, plan: PlanRecord, lead: TaskRecord): Plan {
    const view = viewOf(tx.db, plan, lead, tx.at)
    tx.emit('plan.updated', { ...about(lead), plan: view })
    return view
  }
}

/** The run of an agent that a call belongs to: the name of a call begins with it. */
export function runOf(callId: string): string {
  return callId.slice(0, Math.max(0, callId.indexOf(':')))
}

function proposedIn(
  { db, at }: Pick<Transaction, 'db' | 'at'>,
  id: PlanId,
): { plan: PlanRecord; lead: TaskRecord } {
  const plan = selectPlan(db, id, at)
  const lead = plan === undefined ? undefined : selectTask(db, plan.taskId, at)
  if (plan === undefined || lead === undefined) {
    throw new AppError('not_found', `planId: there is no plan ${id}`)
  }
  if (plan.state !== 'proposed') {
    throw new AppError('invalid_state', `plan ${id} is ${plan.state}: it waits for no decision`)
  }
  return { plan, lead }
}

function viewOf(db: WriteDb, plan: PlanRecord, lead: TaskRecord, atMs: number): Plan {
  const { id, taskId, round, state, goal, createdAtMs: createdAt } = plan
  const parts = selectParts(db, id, atMs).map((part) => {
    const { key, title, description, agent, reason, dependsOn, checks } = part
    return {
      ...{ key, title, description, agent, reason, dependsOn, checks },
      ...(part.taskId === null ? {} : { taskId: part.taskId }),
      ...(part.state === null ? {} : { state: part.state }),
      ...(part.worker === null ? {} : { worker: part.worker }),
    }
  })
  const { conversationId } = lead
  const of = conversationId === null ? {} : { conversationId }
  return { id, taskId, ...of, round, state, goal, parts, createdAt }
}
