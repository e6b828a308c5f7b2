import { create } from 'zustand'
import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { Plan } from '../../../shared/model/plan.js'
import { isTerminal } from '../../../shared/model/task.js'
import type { HostEvent } from './host-event.js'
import type { TasksState } from './tasks.js'

interface PlansOfTask {
  /** Oldest first. */
  readonly plans: readonly Plan[]
  /** `seq` of what was read or heard last; older news is ignored. */
  readonly seq: number
}

export interface PlansState {
  /** By the task of the lead: those that were read, and those that were heard of. */
  readonly byTask: Readonly<Record<string, PlansOfTask>>
}

export const NO_PLANS: PlansState = { byTask: {} }

export const usePlans = create<PlansState>(() => NO_PLANS)

export function reducePlans(state: PlansState, event: HostEvent): PlansState {
  if (event.name !== 'plan.updated') return state
  const { taskId, plan, seq } = event.params
  const known = state.byTask[taskId]
  if (known !== undefined && seq <= known.seq) return state
  return withTask(state, taskId, { plans: upserted(known?.plans ?? [], plan), seq })
}

/** All plans of a lead as the host listed them, unless later news has come. */
export function withPlans(
  state: PlansState,
  taskId: TaskId,
  { plans, seq }: { readonly plans: readonly Plan[]; readonly seq: number },
): PlansState {
  const known = state.byTask[taskId]
  if (known === undefined || seq >= known.seq) return withTask(state, taskId, { plans, seq })
  // What was heard stands; older rounds are only in the list.
  const merged = known.plans.reduce(upserted, plans)
  return withTask(state, taskId, { plans: merged, seq: known.seq })
}

/** One that the host answered with. */
export function withPlan(state: PlansState, plan: Plan): PlansState {
  const known = state.byTask[plan.taskId] ?? { plans: [], seq: -1 }
  return withTask(state, plan.taskId, { ...known, plans: upserted(known.plans, plan) })
}

/** Plans that wait for the person, oldest first. One whose lead has ended waits no more. */
export function waitingPlans(
  { byTask }: PlansState,
  tasks: Pick<TasksState, 'byId'>,
  conversationId?: ConversationId,
): readonly Plan[] {
  return Object.values(byTask)
    .flatMap(({ plans }) => plans)
    .filter((plan) => {
      const lead = tasks.byId[plan.taskId]
      return (
        plan.state === 'proposed' &&
        (lead === undefined || !isTerminal(lead.state)) &&
        (conversationId === undefined || plan.conversationId === conversationId)
      )
    })
    .sort((a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id))
}

/** Leads that wait for a plan to be approved, whose plans are to be read. */
export function awaitingApproval({ byId }: Pick<TasksState, 'byId'>): readonly TaskId[] {
  return Object.values(byId)
    .filter(({ state, waitingFor }) => state === 'pending' && waitingFor?.reason === 'approval')
    .map(({ id }) => id)
}

function withTask(state: PlansState, taskId: TaskId, of: PlansOfTask): PlansState {
  return { byTask: { ...state.byTask, [taskId]: of } }
}

function upserted(plans: readonly Plan[], plan: Plan): readonly Plan[] {
  const others = plans.filter(({ id }) => id !== plan.id)
  return [...others, plan].sort((a, b) => a.createdAt - b.createdAt || a.round - b.round)
}
