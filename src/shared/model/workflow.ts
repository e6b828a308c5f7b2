import { z } from 'zod'
import { PartParams } from './plan.js'

export const WorkflowInput = z.object({
  name: z.string(),
  description: z.string(),
  required: z.boolean(),
  default: z.string().optional(),
  /** Its value is a line for the shell; any other is put into commands in quotes. */
  command: z.literal(true).optional(),
})
export type WorkflowInput = z.infer<typeof WorkflowInput>

/** `when` names an input: without a value for that the part is left out. */
export const WorkflowPart = PartParams.extend({ when: z.string().optional() })
export type WorkflowPart = z.infer<typeof WorkflowPart>

/** A plan that is kept as a file, with gaps to be filled in. */
export const Workflow = z.object({
  name: z.string(),
  description: z.string(),
  inputs: z.array(WorkflowInput),
  /** As written: `{{name}}` stands for an input. */
  goal: z.string(),
  parts: z.array(WorkflowPart),
  source: z.enum(['builtin', 'user', 'workspace']),
  /** Absolute path of the file. */
  path: z.string(),
})
export type Workflow = z.infer<typeof Workflow>
