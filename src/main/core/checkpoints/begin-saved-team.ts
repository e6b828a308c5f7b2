import type { PlanId, TaskId } from '../../../shared/model/ids.js'
import type { TaskResult } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import type { Plans } from '../orchestrator/plans.js'
import type { Ids } from '../ports.js'
import type { Submission } from '../scheduler/new-task.js'
import {
  copySteps,
  type SavedPart,
  type SavedPlan,
  type SavedTeam,
  type SavedWorkspace,
} from '../store/queries/checkpoints.js'
import {
  insertPlan,
  replaceParts,
  setPartTask,
  setWorker,
  updatePlan,
} from '../store/queries/plans.js'
import { selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'

export interface NewTeamOptions {
  readonly ids: Ids
  readonly plans: Pick<Plans, 'paramsOf' | 'tell'>
  /** Stores a task in a commit of the caller. */
  readonly submit: (transaction: Transaction, submission: Submission) => TaskId
  /** Ends a task with a result that another one had. */
  readonly complete: (transaction: Transaction, id: TaskId, result: TaskResult) => void
  /** A task is to begin with what a workspace held. */
  readonly begins: (
    transaction: Transaction,
    id: TaskId,
    workspace: Omit<SavedWorkspace, 'taskId'>,
  ) => void
}

/**
 * A new team that stands where a saved one stood, in one commit: what was done is done with the same result, what
 * was under way goes on from the same step with the same files, and the lead waits where it waited.
 * @throws AppError `not_found` when the old lead cannot be read
 */
export function beginSavedTeam(tx: Transaction, team: SavedTeam, options: NewTeamOptions): TaskId {
  const old = selectTask(tx.db, team.leadId, tx.at)
  if (old === undefined) {
    throw new AppError('not_found', `the lead ${team.leadId} of the checkpoint cannot be read`)
  }
  const { submit } = options
  const leadId = submit(tx, {
    params: leadParams(old),
    workspace: old.workspace,
    contentHash: null,
  })
  const lead = selectTask(tx.db, leadId, tx.at)
  if (lead === undefined) throw new AppError('internal', `the new lead ${leadId} cannot be read`)
  goOn(tx, leadId, team.run)
  takeWorkspace(tx, team, team.leadId, leadId, options)
  for (const plan of team.plans) beginPlan(tx, { lead, plan, team }, options)
  return leadId
}

function leadParams(old: TaskRecord): Submission['params'] {
  const { description, agentType, input, priority, checks, isolation, planApproval, notify } = old
  const { conversationId, budget, limits, timeoutMs, maxCorrections, maxAttempts } = old
  return {
    ...{ type: 'orchestration', description, agentType, priority, maxCorrections, maxAttempts },
    ...(input === null ? {} : { input }),
    ...(checks.length === 0 ? {} : { checks: [...checks] }),
    ...(isolation === 'auto' ? {} : { isolation }),
    ...(notify === null ? {} : { notify }),
    ...(planApproval === null ? {} : { planApproval }),
    ...(conversationId === null ? {} : { conversationId }),
    ...(budget === null ? {} : { budget }),
    ...(limits === null ? {} : { limits }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
  }
}

function beginPlan(
  tx: Transaction,
  context: { readonly lead: TaskRecord; readonly plan: SavedPlan; readonly team: SavedTeam },
  options: NewTeamOptions,
): void {
  const { lead, plan, team } = context
  const { round, state, goal, remark, parts } = plan
  const id = options.ids.next('plan') as PlanId
  const run = `${lead.id}.1`
  const record = { id, taskId: lead.id, round, state, goal, remark, run, createdAtMs: tx.at }
  // A call of the copied run finds this plan where the old one found its own; those of earlier runs are over.
  const isOfRun = team.run !== null && plan.callId.startsWith(`${team.run.runId}:`)
  const callId = isOfRun ? plan.callId.replace(/^[^:]*/, run) : null
  insertPlan(tx.db, { ...record, callId })
  if (remark !== null) updatePlan(tx.db, id, { state, remark })
  replaceParts(tx.db, id, parts)
  const taskOf = new Map<string, TaskId>()
  for (const part of parts) {
    if (part.taskId === null) continue
    const taskId = beginPart(tx, { lead, goal, part, taskOf }, options)
    taskOf.set(part.key, taskId)
    setPartTask(tx.db, id, part.key, taskId)
    if (part.worker !== null) setWorker(tx.db, taskId, part.worker)
    takeWorkspace(tx, team, part.taskId, taskId, options)
  }
  // Parts that had failed run again, so a plan that was settled with them is not any more.
  const isOpen = state === 'settled' && parts.some(({ result }) => result === null)
  const now = isOpen ? { ...record, state: 'running' as const } : record
  if (isOpen) updatePlan(tx.db, id, { state: 'running' })
  options.plans.tell(tx, now, lead)
}

function beginPart(
  tx: Transaction,
  part: {
    readonly lead: TaskRecord
    readonly goal: string
    readonly part: SavedPart
    readonly taskOf: ReadonlyMap<string, TaskId>
  },
  { submit, complete, plans }: NewTeamOptions,
): TaskId {
  const { lead, goal, taskOf } = part
  const { result, run } = part.part
  const params = plans.paramsOf(part.part, { lead, goal, taskOf })
  const id = submit(tx, { params, workspace: lead.workspace, contentHash: null })
  if (result === null) goOn(tx, id, run)
  else complete(tx, id, result)
  return id
}

function goOn({ db }: Transaction, id: TaskId, run: SavedTeam['run']): void {
  if (run !== null) copySteps(db, run, `${id}.1`)
}

function takeWorkspace(
  tx: Transaction,
  { workspaces }: SavedTeam,
  oldId: TaskId,
  id: TaskId,
  { begins }: NewTeamOptions,
): void {
  const saved = workspaces.find(({ taskId }) => taskId === oldId)
  if (saved !== undefined) begins(tx, id, saved)
}
