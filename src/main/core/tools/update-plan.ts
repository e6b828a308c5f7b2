import { z } from 'zod'
import { PlanStep } from '../../../shared/model/task.js'
import type { Tool } from './tool.js'
import { succeeded } from './tool-outcome.js'

const MAX_STEPS = 50

const Input = z.strictObject({
  steps: z
    .array(z.strictObject(PlanStep.shape))
    .min(1, 'must have at least one step')
    .max(MAX_STEPS, `must have at most ${MAX_STEPS} steps`)
    .refine(
      (steps) => steps.filter((step) => step.state === 'active').length <= 1,
      'must have at most one step that is active',
    )
    .describe('All steps of the plan, in order; this replaces the plan before'),
})

export const updatePlanTool: Tool<typeof Input> = {
  name: 'update_plan',
  description:
    'Tells the steps of the work and how far each is: pending, active, done or failed. People see ' +
    'progress from it, so call it first, and again whenever a step begins or ends.',
  input: Input,
  readOnly: true,
  summarize: (input) => {
    const active = input.steps.find((step) => step.state === 'active')
    return active === undefined ? `Plan of ${input.steps.length} steps` : active.title
  },
  run: async (input, context) => {
    context.setPlan(input.steps)
    const done = input.steps.filter((step) => step.state === 'done').length
    return succeeded(`Plan noted: ${done} of ${input.steps.length} steps done.`)
  },
}
