import { z } from 'zod'

/** What the processes of one task may take, all of them together; above it the task fails. */
export const TaskLimits = z
  .strictObject({
    memoryBytes: z
      .number()
      .int()
      .min(1024 * 1024),
    outputBytes: z.number().int().min(1024),
    processes: z.number().int().min(1),
  })
  .partial()
export type TaskLimits = z.infer<typeof TaskLimits>
