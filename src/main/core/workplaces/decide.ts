import type { TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { commitAll, deleteBranch } from './checkout.js'
import { openConflicts } from './hand-in.js'
import { exists } from './repository.js'
import { checkoutOf, type Ground, messageFor, recordOf, save, taskOf } from './services.js'
import { clear } from './settle.js'
import { isPartOf } from './team-branch.js'
import { type WorktreeRecord, withNote } from './worktree-record.js'

/** A task that has ended, with changes that nobody has decided about. */
export interface Undecided {
  readonly task: Pick<TaskRecord, 'id' | 'description' | 'conversationId' | 'agentType' | 'checks'>
  readonly record: WorktreeRecord
}

/** @throws AppError `not_found`, `invalid_state` that says why there is nothing to decide */
export function undecided(ground: Ground, id: TaskId): Undecided {
  const task = taskOf(ground, id)
  const record = recordOf(ground, id)
  if (task === undefined) {
    throw new AppError('not_found', `there is no task ${id}`)
  }
  if (record === undefined) {
    throw new AppError('invalid_state', `task ${id} has no workspace of its own: it works in place`)
  }
  if (record.kind === 'in_place') {
    throw new AppError(
      'invalid_state',
      `task ${id} works in place: what it changed is in ${record.repository} already`,
    )
  }
  if (!isTerminal(task.state)) {
    throw new AppError(
      'invalid_state',
      `task ${id} is ${task.state}: its changes can be decided about when it has ended`,
    )
  }
  refuseState(record)
  return { task, record }
}

function refuseState({ taskId, state, branch, continuedBy }: WorktreeRecord): void {
  const said: Partial<Record<WorktreeRecord['state'], string>> = {
    active: 'its changes are just being saved; try again in a moment',
    empty: 'it changed nothing',
    delivered: 'its changes are part of the work of its lead',
    applied: 'its changes are applied already',
    branched: `its changes are on branch ${branch}`,
    discarded: 'its changes were given up',
    continued: `task ${continuedBy} works on with its changes`,
  }
  const reason = said[state] ?? (continuedBy === null ? undefined : said.continued)
  if (reason !== undefined) throw new AppError('invalid_state', `task ${taskId}: ${reason}`)
}

/**
 * Commits what may have come into the worktree since the task ended.
 * @throws AppError `conflict` while a merge in it is not finished
 */
export async function secured(
  ground: Ground,
  { record, task }: Undecided,
  options: { readonly evenConflicts?: boolean } = {},
): Promise<WorktreeRecord> {
  const checkout = checkoutOf(ground, record)
  if (!(await exists(checkout.top))) return record
  const conflicts = await openConflicts(checkout, record)
  if (conflicts.length > 0 && !options.evenConflicts) {
    throw new AppError(
      'conflict',
      `task ${task.id}: a merge in its worktree is not finished; give it to an agent (resolve), or discard the changes`,
      { data: { conflicts } },
    )
  }
  const head = await commitAll(checkout, messageFor(task))
  return head === record.head ? record : save(ground, record, { head })
}

/** Gives the changes up; the note names the commit that still has them. */
export async function discard(ground: Ground, id: TaskId): Promise<WorktreeRecord> {
  const found = undecided(ground, id)
  const record = await secured(ground, found, { evenConflicts: true })
  const note = withNote(record.note, `Its last commit was ${record.head}.`)
  return clear(ground, save(ground, record, { state: 'discarded', note, conflicts: [] }))
}

/** Leaves the changes on a branch and removes the worktree. */
export async function leaveOnBranch(
  ground: Ground,
  id: TaskId,
  name: string | undefined,
): Promise<WorktreeRecord> {
  const found = undecided(ground, id)
  const { repository, kind } = found.record
  if (kind === 'copy') {
    throw new AppError(
      'invalid_state',
      `task ${id} works in a copy: there is no repository with branches`,
    )
  }
  const old = `${found.record.branch}`
  const branch = name ?? old
  if (branch !== old) await refuseName(ground, repository, branch)
  const record = await secured(ground, found)
  const saved = save(ground, record, { state: 'branched', branch, conflicts: [] })
  // Before the worktree goes: a rename takes it along.
  if (branch !== old) await renameBranch(ground, saved, old)
  return clear(ground, saved)
}

async function renameBranch(
  { git }: Ground,
  { repository, branch, head }: WorktreeRecord,
  old: string,
): Promise<void> {
  await git.run(repository, ['branch', '-m', '--', old, `${branch}`])
  const team = await git.commit(repository, `refs/heads/${old}-team`)
  if (team !== null && (await isPartOf(git, repository, team, `${head}`))) {
    await deleteBranch(git, repository, `${old}-team`, team)
  }
}

async function refuseName({ git }: Ground, repository: string, name: string): Promise<void> {
  const check = ['check-ref-format', '--branch', name]
  if (name.startsWith('-') || (await git.run(repository, check, { ok: [0, 1, 128] })).code !== 0) {
    throw new AppError(
      'invalid_params',
      `name: ${JSON.stringify(name)} is not a name that git takes for a branch, such as fix-login`,
    )
  }
  if ((await git.commit(repository, `refs/heads/${name}`)) !== null) {
    throw new AppError('conflict', `name: there is a branch ${name} already; choose another name`)
  }
}
