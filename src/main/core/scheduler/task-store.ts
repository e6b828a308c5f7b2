import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskView } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { requireParent } from '../budgets/task-budgets.js'
import type { Transaction } from '../events/event-log.js'
import type { Ids } from '../ports.js'
import type { Schedules } from '../schedules/schedules.js'
import { selectConversation } from '../store/queries/conversations.js'
import { insertTask, selectTask, selectTaskByIdempotencyKey } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { linkDependencies, openDependencies, settleDependent } from './dependencies.js'
import { firstWait } from './first-wait.js'
import { newRecord, newTask, type Submission } from './new-task.js'
import type { TaskStore } from './submissions.js'
import { about } from './task-events.js'
import type { CreatedHook, EndedHook } from './task-lifecycle.js'

export interface TaskStoreOptions {
  readonly ids: Ids
  readonly hooks: readonly EndedHook[]
  readonly created?: CreatedHook | undefined
  readonly schedules: Pick<Schedules, 'create'>
  /** As a person sees it. */
  readonly view: (task: TaskRecord) => TaskView
}

/** Stores what was submitted, each with its `task.created`. */
export function createTaskStore(options: TaskStoreOptions): TaskStore {
  const { ids, hooks, created, schedules, view } = options
  return {
    find: (transaction, submission) => {
      const known = idempotent(transaction, submission)
      if (known !== undefined) return known
      requireConversation(transaction, submission)
      requireTasks(transaction, submission)
      const { parentId, budget } = submission.params
      if (parentId !== undefined) requireParent(transaction, parentId, budget)
      return undefined
    },
    add: (transaction, submission) => {
      if (submission.params.cron !== undefined) return schedules.create(transaction, submission)
      const { db, at, emit } = transaction
      const id = ids.next('task') as TaskId
      const { dependencies = [], runAt = null } = submission.params
      linkDependencies(transaction, id, dependencies)
      const open = dependencies.length === 0 ? [] : openDependencies(transaction, id)
      const row = newTask(id, submission, firstWait(open, runAt, at), at)
      const task = newRecord(row, insertTask(db, row))
      emit('task.created', { ...about(task), task: view(task) })
      created?.(transaction, task)
      if (open.length < new Set(dependencies).size) settleDependent(transaction, task, hooks)
      return id
    },
  }
}

function idempotent({ db }: Transaction, submission: Submission): TaskId | undefined {
  const key = submission.params.idempotencyKey
  if (key === undefined) return undefined
  const known = selectTaskByIdempotencyKey(db, key)
  if (known === undefined) return undefined
  if (known.contentHash === submission.contentHash) return known.id
  throw new AppError(
    'conflict',
    `idempotencyKey: ${JSON.stringify(key)} belongs to task ${known.id}, which was submitted with other ` +
      'content; use a new key for a new task',
    { data: { taskId: known.id } },
  )
}

function requireConversation({ db, at }: Transaction, { params }: Submission): void {
  const { conversationId } = params
  if (conversationId === undefined) return
  if (selectConversation(db, conversationId, at) !== undefined) return
  throw new AppError('not_found', `conversationId: there is no conversation ${conversationId}`)
}

/** A new task cannot close a circle: it depends on tasks that exist, and those never change theirs. */
function requireTasks({ db, at }: Transaction, { params }: Submission): void {
  for (const id of params.dependencies ?? []) {
    if (selectTask(db, id, at) !== undefined) continue
    throw new AppError(
      'not_found',
      `dependencies: there is no task ${id}; name tasks that were submitted before`,
    )
  }
}
