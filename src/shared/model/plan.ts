import { z } from 'zod'
import { Check, Checks } from './check.js'
import { ConversationId, PlanId, TaskId } from './ids.js'
import { TaskState } from './task.js'

/** More parts than this are not one plan. */
export const MOST_PARTS = 100

const Key = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be letters, digits, "-" and "_", at most 64')

const part = {
  /** Names the part within its plan. */
  key: Key,
  title: z.string().trim().min(1).max(300),
  description: z.string().trim().min(1).max(20_000),
  /** Keys of the parts whose results it needs. */
  dependsOn: z.array(Key).max(MOST_PARTS).default([]),
}

/** A part as a lead, a template or a person writes it. */
export const PartParams = z.strictObject({
  ...part,
  /** Name of an agent; chosen by what the part says where absent. */
  agent: z.string().trim().min(1).max(100).optional(),
  checks: Checks.default([]),
})
export type PartParams = z.infer<typeof PartParams>

export const PlanParams = z.strictObject({
  goal: z.string().trim().min(1).max(20_000),
  parts: z.array(PartParams).min(1),
})
export type PlanParams = z.infer<typeof PlanParams>

/** `proposed`: waits for the person. `running`: its parts are tasks. `settled`: each of them has ended. */
export const PlanState = z.enum(['proposed', 'running', 'settled', 'rejected'])
export type PlanState = z.infer<typeof PlanState>

export const PlanPart = z.object({
  ...part,
  dependsOn: z.array(z.string()),
  agent: z.string(),
  /** Why this agent. */
  reason: z.string(),
  checks: z.array(Check),
  /** Once the plan runs. */
  taskId: TaskId.optional(),
  state: TaskState.optional(),
  /** The worker of the team that does it, once it has begun. */
  worker: z.string().optional(),
})
export type PlanPart = z.infer<typeof PlanPart>

/** What a lead means to have done, as a graph of parts. */
export const Plan = z.object({
  id: PlanId,
  /** The task of the lead. */
  taskId: TaskId,
  conversationId: ConversationId.optional(),
  /** A lead may plan again when parts failed; counts from 1. */
  round: z.number(),
  state: PlanState,
  goal: z.string(),
  parts: z.array(PlanPart),
  createdAt: z.number(),
})
export type Plan = z.infer<typeof Plan>
