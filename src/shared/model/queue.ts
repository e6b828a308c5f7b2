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
  /** No new tasks are taken; those that are there run to their end. Until `resume`. */
  draining: z.boolean().default(false),
  running: z.array(TaskId),
  runningCount: z.number(),
  pendingCount: z.number(),
  machine: MachineReading,
  /** Queue-wide reasons that hold back new starts at this moment. */
  heldBackBy: z.array(z.enum(['paused', 'limit', 'memory', 'cpu'])),
  limits: ResourceLimits,
})
export type QueueState = z.infer<typeof QueueState>

/** What one kind of ending amounts to. */
const CauseCount = z.object({ cause: z.string(), count: z.number() })

/** Figures about the tasks that ended in a span of time. */
export const QueueStats = z.object({
  /** Epoch ms, whole days of UTC. */
  since: z.number(),
  until: z.number(),
  completed: z.number(),
  failed: z.number(),
  cancelled: z.number(),
  /** Completed tasks per hour in which at least one ran; null without any. */
  throughputPerHour: z.number().nullable(),
  /** Seconds. `serial` is what the same tasks take one after another, `busy` when at least one ran. */
  runningTime: z.object({ serial: z.number(), busy: z.number(), saved: z.number() }),
  /** Seconds from submission to the first start, on average; null without any. */
  meanWait: z.number().nullable(),
  /** Why tasks failed or were cancelled, most frequent first. */
  failures: z.array(CauseCount),
  byType: z.array(
    z.object({
      type: z.string(),
      completed: z.number(),
      failed: z.number(),
      cancelled: z.number(),
      runningTime: z.number(),
    }),
  ),
  usage: z.object({ tokens: z.number(), costUsd: z.number(), unpricedTokens: z.number() }),
  /** Highest use seen: of the machine while tasks ran, and of one task. Percent; bytes. */
  peak: z.object({
    cpu: z.number().nullable(),
    memory: z.number().nullable(),
    taskMemoryBytes: z.number().nullable(),
    taskCpuPercent: z.number().nullable(),
  }),
})
export type QueueStats = z.infer<typeof QueueStats>
