import path from 'node:path'
import type { TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import { selectTask } from '../store/queries/tasks.js'
import { snapshot } from './changed-files.js'
import { type Git, OUR_IDENTITY } from './git.js'
import { exists } from './repository.js'
import { checkoutOf, type Ground, recordOf, saveIn, taskOf } from './services.js'
import { isPartOf, teamRef, tryMerge } from './team-branch.js'
import type { WorktreeRecord } from './worktree-record.js'

/** What a workplace held at a moment. */
export interface SavedPlace {
  readonly repository: string
  readonly commit: string
}

const BASE = 'Smart-Agents-Base'
export const FROM_CHECKPOINT = 'Begins with what a checkpoint saved.'

/**
 * Commits what a workplace holds, uncommitted files included, under a reference; the workplace itself is left
 * as it is. Of a lead, with all that its team has handed in.
 * @returns null for a task that has no worktree (any more)
 * @throws AppError `conflict` where what the lead did does not merge with what its team did
 */
export async function savePlace(
  ground: Ground,
  id: TaskId,
  reference: string,
): Promise<SavedPlace | null> {
  const record = recordOf(ground, id)
  if (record?.kind !== 'worktree' || record.head === null) return null
  if (record.state !== 'active' && record.state !== 'ready') return null
  const { git } = ground
  const { repository } = record
  const checkout = checkoutOf(ground, record)
  if (!(await exists(checkout.top))) return null
  const tree = await snapshot(checkout)
  const head = await git.line(checkout.top, ['rev-parse', 'HEAD'])
  const message = `What ${id} had at a checkpoint\n\n${BASE}: ${record.base}`
  let commit = await commitTree(git, repository, { tree, parents: [head], message })
  const isLead = taskOf(ground, id)?.type === 'orchestration'
  const team = isLead ? await git.commit(repository, teamRef(record)) : null
  if (team !== null && !(await isPartOf(git, repository, team, commit))) {
    const merged = await tryMerge(git, repository, commit, team)
    if (merged.conflicts.length > 0) {
      throw new AppError(
        'conflict',
        `what ${id} changed does not merge with the work of its team, in ${merged.conflicts.join(', ')}: ` +
          'save it when the lead has settled that',
        { data: { conflicts: merged.conflicts } },
      )
    }
    const parents = [commit, team]
    commit = await commitTree(git, repository, { tree: merged.tree, parents, message })
  }
  await git.run(repository, ['update-ref', reference, commit])
  return { repository, commit }
}

function commitTree(
  git: Git,
  repository: string,
  commit: { readonly tree: string; readonly parents: readonly string[]; readonly message: string },
): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent])
  const args = ['commit-tree', commit.tree, ...parents, '-m', commit.message]
  return git.line(repository, [...OUR_IDENTITY, ...args])
}

/** Without its reference git may clean it up. */
export async function forgetPlace(
  { git }: Ground,
  repository: string,
  reference: string,
): Promise<void> {
  if (!(await exists(repository))) return
  await git.run(repository, ['update-ref', '-d', reference])
}

/** A task that was just stored is to begin with what was saved. */
export function beginWith(
  ground: Ground,
  transaction: Transaction,
  id: TaskId,
  { repository, commit }: SavedPlace,
): void {
  const { db, at } = transaction
  const task = selectTask(db, id, at)
  if (task === undefined) return
  const within = path.relative(repository, task.workspace)
  const prefix = within.startsWith('..') ? '' : within
  const record: WorktreeRecord = {
    taskId: id,
    kind: 'worktree',
    state: 'active',
    repository,
    path: path.join(ground.folder, id, prefix),
    branch: `smart-agents/${id}`,
    base: commit,
    head: null,
    note: FROM_CHECKPOINT,
    conflicts: [],
    continuedBy: null,
    createdAtMs: at,
    updatedAtMs: at,
  }
  saveIn(transaction, record, {})
}

/** The commit that the changes in a saved place are counted from. */
export async function baseNamedIn(git: Git, repository: string, commit: string): Promise<string> {
  const format = `--format=%(trailers:key=${BASE},valueonly)`
  const named = await git.line(repository, ['show', '--no-patch', format, commit])
  return named === '' ? commit : named
}
