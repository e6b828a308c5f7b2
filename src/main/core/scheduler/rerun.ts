import { isTerminal } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import type { WriteDb } from '../store/database.js'
import { selectConversation } from '../store/queries/conversations.js'
import { selectDependencies } from '../store/queries/dependencies.js'
import type { TaskRecord } from '../tasks/task-record.js'

/**
 * What a task was submitted with, to do it once more now: without what it waited for at first (an instant, a schedule, a lead, tasks that
 * have failed). Tasks that it depended on and that completed stay, since their results are part of what it is told.
 * @throws AppError `invalid_state` for one that has not ended
 */
export function paramsOfRerun(db: WriteDb, task: TaskRecord, atMs: number): TaskSubmitParams {
  if (!isTerminal(task.state)) {
    throw new AppError(
      'invalid_state',
      `task ${task.id} is ${task.state}: only one that has ended can be run once more`,
    )
  }
  const { conversationId } = task
  const isThere =
    conversationId !== null && selectConversation(db, conversationId, atMs) !== undefined
  const dependencies = selectDependencies(db, task.id)
    .filter(({ state }) => state === 'completed')
    .map(({ id }) => id)
  return {
    description: task.description,
    type: task.type,
    agentType: task.agentType,
    priority: task.priority,
    maxAttempts: task.maxAttempts,
    onInterruption: task.onInterruption,
    maxCorrections: task.maxCorrections,
    workspace: task.workspace,
    ...(task.isolation === 'auto' ? {} : { isolation: task.isolation }),
    ...(task.command === null ? {} : { command: task.command }),
    ...(task.input === null ? {} : { input: task.input }),
    ...(task.timeoutMs === null ? {} : { timeoutMs: task.timeoutMs }),
    ...(task.budget === null ? {} : { budget: task.budget }),
    ...(task.limits === null ? {} : { limits: task.limits }),
    ...(task.checks.length === 0 ? {} : { checks: [...task.checks] }),
    ...(task.planApproval === null ? {} : { planApproval: task.planApproval }),
    ...(task.notify === null ? {} : { notify: task.notify }),
    ...(task.estimatedDurationS === null ? {} : { estimatedDuration: task.estimatedDurationS }),
    ...(dependencies.length === 0 ? {} : { dependencies }),
    ...(isThere ? { conversationId } : {}),
  }
}
