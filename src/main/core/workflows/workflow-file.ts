import { z } from 'zod'
import { MOST_PARTS } from '../../../shared/model/plan.js'
import { WorkflowPart } from '../../../shared/model/workflow.js'

const InputName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'must be letters, digits and "_", at most 64')

/** YAML reads `3` and `yes` as something else than text. */
const Text = z
  .union([z.string(), z.number(), z.boolean()], 'must be text')
  .transform(String)
  .pipe(z.string().max(20_000))

const input = {
  description: z.string().trim().max(2_000).default(''),
  /** Where absent: unless there is a default. */
  required: z.boolean().optional(),
  default: Text.optional(),
  command: z.boolean().optional(),
}
const Named = z.strictObject(input).nullable()
const Listed = z.strictObject({ name: InputName, ...input })

/** What a file says, before its fields are held against each other. */
export const WorkflowFile = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
      'must be letters, digits, "-" and "_", begin with a letter or digit, at most 64',
    ),
  description: z.string().trim().max(2_000).default(''),
  inputs: z.union([z.record(InputName, Named), z.array(Listed)]).default({}),
  goal: z.string().trim().min(1, 'must not be empty').max(20_000),
  parts: z
    .array(WorkflowPart)
    .min(1, 'there must be a part')
    .max(MOST_PARTS, `there must not be more than ${MOST_PARTS} parts`),
})
export type WorkflowFile = z.output<typeof WorkflowFile>
