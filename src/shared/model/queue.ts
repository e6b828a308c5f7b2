import { z } from 'zod'
import { TaskId } from './ids.js'

const count = z.number().int().min(1).max(1000)
const percent = z.number().min(1).max(100)

/** The seed's limits (SEEDS B8). A threshold of 100 switches that gauge off. */
export const ResourceLimits = z.object({
  maxConcurrentTasks: count,
  maxConcurrentE2E: count,
  maxConcurrentBuilds: count,
  maxConcurrentAgents: count,
  cpuThreshold: percent,
  memoryThreshold: percent,
})
export type ResourceLimits = z.infer<typeof ResourceLimits>

export const DEFAULT_LIMITS: ResourceLimits = {
  maxConcurrentTasks: 5,
  maxConcurrentE2E: 1,
  maxConcurrentBuilds: 2,
  maxConcurrentAgents: 6,
  cpuThreshold: 70,
  memoryThreshold: 85,
}

/** Smoothed use of the machine in percent; null until the first reading is in. */
export const MachineReading = z.object({
  cpu: z.number().nullable(),
  memory: z.number().nullable(),
})
export type MachineReading = z.infer<typeof MachineReading>

export const QueueState = z.object({
  paused: z.boolean(),
  running: z.array(TaskId),
  runningCount: z.number(),
  pendingCount: z.number(),
  machine: MachineReading,
  /** Queue-wide reasons that hold back new starts at this moment. */
  heldBackBy: z.array(z.enum(['paused', 'limit', 'memory', 'cpu'])),
  limits: ResourceLimits,
})
export type QueueState = z.infer<typeof QueueState>
