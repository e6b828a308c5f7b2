import type { TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { isWork } from '../store/queries/agent-work.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { Git } from './git.js'
import { examine, looksLikeGit, type Repository, tooOld } from './repository.js'
import { type Ground, recordOf, taskOf } from './services.js'
import type { WorktreeRecord } from './worktree-record.js'

export type Place =
  /** With a note where a person might expect something else. */
  | { readonly kind: 'in_place'; readonly note: string | null }
  | { readonly kind: 'worktree'; readonly repository: Repository }
  | { readonly kind: 'copy' }

/** What everybody expects there, so that it needs no word in the log. */
export const NOT_IN_GIT = 'Works in place: the folder is not in a git repository.'

/**
 * Where a task is to work.
 * @throws AppError `invalid_state` that says why not, where one kind of place was asked for
 */
export async function choosePlace(ground: Ground, git: Git, task: TaskRecord): Promise<Place> {
  const { isolation, workspace } = task
  if (isolation === 'in_place') return { kind: 'in_place', note: null }
  if (isolation === 'copy') return copyOr(git, workspace, refuse('copy'))
  if (isolation === 'worktree') return worktreeOr(git, workspace, refuse('worktree'))
  if (belongsInPlace(ground, task)) return { kind: 'in_place', note: null }
  const { isolateInGit, copyWithoutGit } = ground.settings.team
  if (await looksLikeGit(workspace)) {
    if (!isolateInGit) return { kind: 'in_place', note: null }
    return worktreeOr(git, workspace, inPlace)
  }
  if (copyWithoutGit) return copyOr(git, workspace, inPlace)
  return { kind: 'in_place', note: NOT_IN_GIT }
}

/** One that only reads, one of an agent that lives in its folder, and one whose lead works in place. */
function belongsInPlace(ground: Ground, task: TaskRecord): boolean {
  if (task.type === 'analysis' || ground.log.query((db) => isWork(db, task.id))) return true
  const lead = task.parentId === null ? undefined : taskOf(ground, task.parentId)
  return lead?.type === 'orchestration' && lead.isolation === 'in_place'
}

function inPlace(reason: string): Place {
  return { kind: 'in_place', note: `Works in place: ${reason}.` }
}

function refuse(isolation: 'worktree' | 'copy'): (reason: string) => never {
  return (reason) => {
    throw new AppError('invalid_state', `isolation: ${isolation} is not possible here: ${reason}`)
  }
}

async function worktreeOr(
  git: Git,
  workspace: string,
  otherwise: (reason: string) => Place,
): Promise<Place> {
  const repository = await examine(git, workspace)
  return typeof repository === 'string' ? otherwise(repository) : { kind: 'worktree', repository }
}

async function copyOr(
  git: Git,
  workspace: string,
  otherwise: (reason: string) => Place,
): Promise<Place> {
  const reason = await tooOld(git, workspace)
  return reason === null
    ? { kind: 'copy' }
    : otherwise(`changes in a copy are found by git: ${reason}`)
}

/** The worktree of the lead that a task works for, while that lead is at work. */
export function leadOf(ground: Ground, parentId: TaskId | null): WorktreeRecord | null {
  if (parentId === null || taskOf(ground, parentId)?.type !== 'orchestration') return null
  const record = recordOf(ground, parentId)
  if (record?.kind !== 'worktree' || record.state !== 'active') return null
  return record.head === null ? null : record
}
