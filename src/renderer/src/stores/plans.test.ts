import { describe, expect, it } from 'vitest'
import { ConversationId, PlanId, TaskId } from '../../../shared/model/ids.js'
import type { Plan } from '../../../shared/model/plan.js'
import type { TaskView } from '../../../shared/model/task.js'
import type { HostEvent } from './host-event.js'
import { awaitingApproval, NO_PLANS, reducePlans, waitingPlans, withPlans } from './plans.js'

const taskId = TaskId.parse('task_a')
const conversationId = ConversationId.parse('conv_a')

function plan(change: Partial<Plan> = {}): Plan {
  return {
    id: PlanId.parse('plan_a'),
    taskId,
    round: 1,
    state: 'proposed',
    goal: 'Do it',
    parts: [],
    createdAt: 10,
    ...change,
  }
}

function updated(of: Plan, seq: number): HostEvent {
  return { name: 'plan.updated', params: { taskId: of.taskId, plan: of, seq, at: 20 } }
}

const second = plan({ id: PlanId.parse('plan_b'), round: 2, createdAt: 30 })
const none = { byId: {} }

describe('plans of leads', () => {
  it('wait for the person until an event says otherwise', () => {
    const proposed = reducePlans(NO_PLANS, updated(plan(), 1))
    expect(waitingPlans(proposed, none)).toEqual([plan()])
    const running = reducePlans(proposed, updated(plan({ state: 'running' }), 2))
    expect(waitingPlans(running, none)).toEqual([])
    expect(reducePlans(running, updated(plan(), 2))).toBe(running)
  })

  it('wait no more when their lead has ended, and belong to their conversation', () => {
    const proposed = reducePlans(NO_PLANS, updated(plan({ conversationId }), 1))
    const lead = { id: taskId, state: 'cancelled' } as TaskView
    expect(waitingPlans(proposed, { byId: { [taskId]: lead } })).toEqual([])
    expect(waitingPlans(proposed, none, conversationId)).toHaveLength(1)
    expect(waitingPlans(proposed, none, ConversationId.parse('conv_b'))).toEqual([])
  })

  it('that were heard of are not undone by a list that is older', () => {
    const heard = reducePlans(NO_PLANS, updated(second, 9))
    const read = withPlans(heard, taskId, { plans: [plan({ state: 'rejected' })], seq: 8 })
    expect(read.byTask[taskId]?.plans.map(({ id, state }) => [id, state])).toEqual([
      ['plan_a', 'rejected'],
      ['plan_b', 'proposed'],
    ])
    const newer = withPlans(read, taskId, { plans: [plan()], seq: 10 })
    expect(newer.byTask[taskId]).toEqual({ plans: [plan()], seq: 10 })
  })

  it('are read for leads that wait for approval', () => {
    const lead = { id: taskId, state: 'pending', waitingFor: { reason: 'approval' } } as TaskView
    const other = { id: TaskId.parse('task_b'), state: 'pending' } as TaskView
    expect(awaitingApproval({ byId: { [taskId]: lead, [other.id]: other } })).toEqual([taskId])
  })
})
