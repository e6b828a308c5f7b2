import type { PlanStep } from '../../../shared/model/task.js'

/** What a plan says of how far a task is. */
export interface PlanProgress {
  /** 0 to 99: only the end of a task makes it 100. */
  readonly progress: number
  readonly currentStep: string | null
}

/** Only what is done counts: a step that has just begun is no progress yet. */
export function progressOf(plan: readonly PlanStep[]): PlanProgress {
  if (plan.length === 0) return { progress: 0, currentStep: null }
  let done = 0
  let current: string | null = null
  for (const step of plan) {
    if (step.state === 'done' || step.state === 'failed') done += 1
    if (step.state === 'active') current = step.title
  }
  return { progress: Math.min(99, Math.round((done / plan.length) * 100)), currentStep: current }
}
