import path from 'node:path'
import type { TaskId } from '../../../shared/model/ids.js'
import type { TeamSettings } from '../../../shared/model/settings.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Ids, Logger, ProcessRunner } from '../ports.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import { about } from '../scheduler/task-events.js'
import { selectTask } from '../store/queries/tasks.js'
import { selectWorktree, upsertWorktree } from '../store/queries/worktrees.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { Checkout } from './checkout.js'
import type { Git } from './git.js'
import type { Jobs } from './jobs.js'
import { viewOf, type WorktreeRecord } from './worktree-record.js'

export interface WorkplaceServices {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly processes: ProcessRunner
  readonly settings: { readonly team: TeamSettings }
  readonly queue: () => Pick<BackgroundTaskQueue, 'submit'>
  readonly dataDirectory: string
}

/** What the parts that deal with worktrees share. */
export interface Ground extends WorkplaceServices {
  readonly jobs: Jobs
  /** For work outside of any run. */
  readonly git: Git
  /** To undo what the end of the core has interrupted: it goes on when `git` is ended. */
  readonly lastGit: Git
  /** Holds the worktrees; symbolic links resolved. */
  readonly folder: string
}

type Change = Partial<Omit<WorktreeRecord, 'taskId' | 'createdAtMs' | 'updatedAtMs'>>

export function recordOf({ log, clock }: Ground, id: TaskId): WorktreeRecord | undefined {
  return log.query((db) => selectWorktree(db, id, clock.now()))
}

export function taskOf({ log, clock }: Ground, id: TaskId): TaskRecord | undefined {
  return log.query((db) => selectTask(db, id, clock.now()))
}

/** Stores what has changed of a workplace, with its event. */
export function save({ log }: Ground, record: WorktreeRecord, change: Change): WorktreeRecord {
  return log.transaction((transaction) => saveIn(transaction, record, change))
}

export function saveIn(
  transaction: Transaction,
  record: WorktreeRecord,
  change: Change,
): WorktreeRecord {
  const { db, at, emit } = transaction
  const changed = { ...record, ...change, updatedAtMs: at }
  upsertWorktree(db, changed)
  const task = selectTask(db, record.taskId, at)
  const whose = task === undefined ? { taskId: record.taskId } : about(task)
  emit('change.updated', { ...whose, worktree: viewOf(changed) })
  return changed
}

/** The folder of a worktree, of which a task may work in a part only. */
export function topOf({ folder }: Pick<Ground, 'folder'>, record: WorktreeRecord): string {
  const [name = ''] = path.relative(folder, record.path).split(path.sep)
  return path.join(folder, name)
}

/** Where the repository's own data are asked for: a copy has a repository of its own beside it. */
export function gitFolderOf(ground: Pick<Ground, 'folder'>, record: WorktreeRecord): string {
  return record.kind === 'copy' ? `${topOf(ground, record)}.git` : record.repository
}

export function checkoutOf(ground: Ground, record: WorktreeRecord, git = ground.git): Checkout {
  const top = topOf(ground, record)
  const prefix = path.relative(top, record.path).split(path.sep).join('/')
  return { git, top, prefix, branch: record.branch ?? '' }
}

/** The message of a commit of what a task did. */
export function messageFor(task: Pick<TaskRecord, 'id' | 'description'>): string {
  const [first = ''] = task.description.trim().split('\n')
  return `${first.slice(0, 72).trim()}\n\nSmart-Agents-Task: ${task.id}`
}
