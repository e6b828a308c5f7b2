import { z } from 'zod'
import { TaskState, TaskType, WaitingFor } from '../../../../../shared/model/task.js'
import type { Outcome } from '../routine.js'

/** A task as the tools of the chat tell it. What a tool leaves out stays out. */
const ListedTask = z.object({
  id: z.string(),
  type: TaskType.catch('agent_execution'),
  description: z.string().catch(''),
  agentType: z.string().catch(''),
  state: TaskState,
  progress: z.number().catch(0),
  currentStep: z.string().optional().catch(undefined),
  estimatedTimeRemaining: z.number().optional().catch(undefined),
  waitingFor: WaitingFor.optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  error: z.object({ code: z.string(), message: z.string() }).optional().catch(undefined),
})
export type ListedTask = z.infer<typeof ListedTask>

const ShownResult = z.object({
  success: z.boolean(),
  output: z.unknown(),
  metrics: z.object({ duration: z.number() }).optional().catch(undefined),
  error: z.object({ code: z.string(), message: z.string() }).optional().catch(undefined),
})
export type ShownResult = z.infer<typeof ShownResult>

/** Newest first, as they were given; entries that cannot be read are passed over. */
export function tasksIn(outcome: Outcome): ListedTask[] {
  const parsed = z.object({ tasks: z.array(z.unknown()) }).safeParse(jsonOf(outcome))
  if (!parsed.success) return []
  return parsed.data.tasks.flatMap((entry) => ListedTask.safeParse(entry).data ?? [])
}

export function taskIn(outcome: Outcome): ListedTask | null {
  return ListedTask.safeParse(jsonOf(outcome)).data ?? null
}

export function startedIdIn(outcome: Outcome): string | null {
  return z.object({ taskId: z.string().min(1) }).safeParse(jsonOf(outcome)).data?.taskId ?? null
}

export function stateIn(outcome: Outcome): TaskState | null {
  return z.object({ state: TaskState }).safeParse(jsonOf(outcome)).data?.state ?? null
}

/** `unfinished` is the tool's null: the task exists and has no result yet. */
export function resultIn(outcome: Outcome): ShownResult | 'unfinished' | null {
  const value = jsonOf(outcome)
  if (value === null) return 'unfinished'
  return ShownResult.safeParse(value).data ?? null
}

/** Undefined when the outcome is an error or no JSON. */
function jsonOf(outcome: Outcome): unknown {
  if (outcome.isError) return undefined
  try {
    return JSON.parse(outcome.content)
  } catch {
    // The caller tells what could not be read.
    return undefined
  }
}

export function isActive(task: ListedTask): boolean {
  return task.state === 'pending' || task.state === 'running'
}
