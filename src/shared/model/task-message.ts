import { z } from 'zod'

/** Something that was said to a running task. */
export const TaskMessage = z.object({
  /** Counts up over all tasks. */
  id: z.number(),
  text: z.string(),
  /** When it was kept for the agent, which will read it before its next step. */
  deliveredAt: z.number(),
  /** Null until the agent has taken it up. */
  readAt: z.number().nullable(),
})
export type TaskMessage = z.infer<typeof TaskMessage>
