import type { TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import { countRuns } from '../store/queries/agent-runs.js'
import {
  countSteps,
  type SavedPart,
  type SavedPlan,
  type SavedTeam,
  selectStepKinds,
} from '../store/queries/checkpoints.js'
import { type PartRecord, selectCallId, selectParts, selectPlans } from '../store/queries/plans.js'
import { selectTask } from '../store/queries/tasks.js'

/**
 * A team as it is at this moment, its workspaces aside.
 * @throws AppError `not_found`, `invalid_params` for a task that leads nobody
 */
export function readTeam(tx: Transaction, id: TaskId): SavedTeam {
  const lead = selectTask(tx.db, id, tx.at)
  if (lead === undefined) throw new AppError('not_found', `taskId: there is no task ${id}`)
  if (lead.type !== 'orchestration') {
    throw new AppError(
      'invalid_params',
      `taskId: ${id} is of type ${lead.type}; a checkpoint is of a team, so name the task of its lead`,
    )
  }
  const plans = selectPlans(tx.db, id, tx.at).map((plan) => ({
    callId: selectCallId(tx.db, plan.id) ?? '',
    ...{ round: plan.round, state: plan.state, goal: plan.goal, remark: plan.remark },
    parts: selectParts(tx.db, plan.id, tx.at).map((part) => savedPart(tx, part)),
  }))
  return { leadId: id, run: leadRun(tx, id, plans.at(-1)), plans, workspaces: [] }
}

/** Tasks of a saved team that have, or may have, a workspace of their own. */
export function teamTasks({ leadId, plans }: SavedTeam): TaskId[] {
  const parts = plans.flatMap((plan) => plan.parts)
  const open = parts.filter(({ result }) => result === null)
  return [leadId, ...open.flatMap(({ taskId }) => taskId ?? [])]
}

function savedPart(tx: Transaction, { state: _, ...part }: PartRecord): SavedPart {
  const task = part.taskId === null ? undefined : selectTask(tx.db, part.taskId, tx.at)
  const isDone = task?.state === 'completed'
  // A part that has failed begins anew: its run has come to an end.
  const isOpen = task?.state === 'pending' || task?.state === 'running'
  const run = isOpen ? newestRun(tx, task.id) : null
  return { ...part, result: isDone ? task.result : null, run }
}

/**
 * How much of the lead's run a new team goes on with: up to where it waits for its newest plan while a part of that
 * is not done, and never its end.
 */
function leadRun(tx: Transaction, id: TaskId, plan: SavedPlan | undefined): SavedTeam['run'] {
  const run = newestRun(tx, id)
  if (run === null) return null
  const steps = selectStepKinds(tx.db, run.runId)
  const isOpen = plan?.parts.some(({ result }) => result === null) ?? false
  const call = plan?.callId.slice(run.runId.length + 1)
  const answered = isOpen ? steps.findIndex((each) => each.resultOf === call) : -1
  if (answered !== -1) return { ...run, steps: answered }
  if (steps.at(-1)?.kind !== 'end') return run
  return { ...run, steps: steps.findLastIndex(({ kind }) => kind === 'turn') }
}

function newestRun({ db }: Transaction, id: TaskId): SavedTeam['run'] {
  const runs = countRuns(db, id)
  if (runs === 0) return null
  const runId = `${id}.${runs}`
  return { runId, steps: countSteps(db, runId) }
}
