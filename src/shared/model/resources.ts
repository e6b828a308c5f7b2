import { z } from 'zod'

/** Use over a moment: `at` is its beginning (epoch ms), the figures the mean of the CPU and the most memory in it. */
export const TaskUse = z.object({
  at: z.number(),
  /** Percent of the whole machine. */
  cpu: z.number(),
  memoryBytes: z.number(),
})
export type TaskUse = z.infer<typeof TaskUse>

/** What the processes of one stretch of a task took. */
export const ResourceTrace = z.object({
  attempt: z.number(),
  startedAt: z.number(),
  points: z.array(TaskUse),
})
export type ResourceTrace = z.infer<typeof ResourceTrace>

/** Means of the machine over a moment, percent; null where it was not measured. */
export const MachineUse = z.object({
  at: z.number(),
  cpu: z.number().nullable(),
  memory: z.number().nullable(),
})
export type MachineUse = z.infer<typeof MachineUse>
