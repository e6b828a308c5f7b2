import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskState } from '../../../shared/model/task.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Clock, Logger } from '../ports.js'
import type { BackgroundTaskQueue } from './background-task-queue.js'

/** One decision of a person about many tasks. */
export interface TaskChange {
  readonly action: 'cancel' | 'retry' | 'runNow' | 'setPriority'
  /** Of `setPriority`. */
  readonly priority?: number | undefined
}

export interface ChangeServices {
  readonly queue: BackgroundTaskQueue
  readonly clock: Clock
  readonly logger: Logger
  /** The core is ending: the store closes soon. */
  readonly signal: AbortSignal
}

type Changed = ResultOf<'task.changeMany'>['results'][number]

/** In one turn of the event loop: whatever else there is to do waits for no more. */
const IN_A_TURN = 10

/**
 * Changes each of the tasks by itself, in its own commit: one that refuses keeps no other from being changed. Answers for
 * each, in their order, once all of them are done; of those that are cancelled, when their processes are dead. While the core
 * is ending it begins no other change.
 */
export async function changeMany(
  services: ChangeServices,
  ids: readonly TaskId[],
  change: TaskChange,
): Promise<Changed[]> {
  const { clock } = services
  const changes: Promise<Changed>[] = []
  for (const id of new Set(ids)) {
    if (changes.length > 0 && changes.length % IN_A_TURN === 0) {
      await new Promise<void>((resolve) => clock.schedule(0, resolve))
    }
    changes.push(changeOne(services, id, change))
  }
  return Promise.all(changes)
}

async function changeOne(
  { queue, logger, signal }: ChangeServices,
  id: TaskId,
  change: TaskChange,
): Promise<Changed> {
  if (signal.aborted) {
    return { taskId: id, error: { code: 'cancelled', message: 'not changed: the host is ending' } }
  }
  try {
    return { taskId: id, state: await perform(queue, id, change) }
  } catch (error) {
    // With its parent, or by somebody else at the same moment: what was wanted is so.
    if (change.action === 'cancel' && stateOf(queue, id) === 'cancelled') {
      return { taskId: id, state: 'cancelled' }
    }
    if (error instanceof AppError) {
      return { taskId: id, error: { code: error.code, message: error.message } }
    }
    logger.error({ error, taskId: id, action: change.action }, 'a task could not be changed')
    const message = `${change.action} failed unexpectedly; the log of the host has details`
    return { taskId: id, error: { code: 'internal', message } }
  }
}

/** Undefined also when it cannot be read: a failure that is told already must not become another. */
function stateOf(queue: BackgroundTaskQueue, id: TaskId): TaskState | undefined {
  try {
    return queue.find(id)?.state
  } catch {
    return undefined
  }
}

async function perform(
  queue: BackgroundTaskQueue,
  id: TaskId,
  { action, priority }: TaskChange,
): Promise<TaskState> {
  switch (action) {
    case 'cancel':
      return queue.cancel(id)
    case 'retry':
      return queue.retry(id)
    case 'runNow':
      return queue.runNow(id)
    case 'setPriority':
      if (priority === undefined) throw new AppError('invalid_params', 'priority: is needed')
      queue.setPriority(id, priority)
      return queue.getStatus(id).state
  }
}
