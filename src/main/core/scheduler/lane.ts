import type { ResourceLimits } from '../../../shared/model/queue.js'
import type { TaskType } from '../../../shared/model/task.js'

/** Tasks that count against the same limit share a lane. */
export const LANES = ['agent', 'build', 'e2e_test', 'command'] as const
export type Lane = (typeof LANES)[number]

export function laneOf(type: TaskType): Lane {
  switch (type) {
    case 'build':
    case 'e2e_test':
    case 'command':
      return type
    case 'agent_execution':
    case 'orchestration':
    case 'analysis':
      return 'agent'
  }
}

/** How many tasks of a lane may run at once (SEEDS B8). */
export function capacityOf(lane: Lane, limits: ResourceLimits): number {
  switch (lane) {
    case 'agent':
      return limits.maxConcurrentAgents
    case 'build':
      return limits.maxConcurrentBuilds
    case 'e2e_test':
      return limits.maxConcurrentE2E
    case 'command':
      return limits.maxConcurrentTasks
  }
}
