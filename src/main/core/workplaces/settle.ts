import { rm } from 'node:fs/promises'
import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { changedFiles } from './changed-files.js'
import { type Checkout, commitAll, deleteBranch, isMerging, removeCheckout } from './checkout.js'
import { handIn, openConflicts } from './hand-in.js'
import { removeUnfinished } from './make-worktree.js'
import { exists } from './repository.js'
import {
  checkoutOf,
  type Ground,
  gitFolderOf,
  messageFor,
  recordOf,
  save,
  taskOf,
  topOf,
} from './services.js'
import { isPartOf, takeUpTeam, teamRef } from './team-branch.js'
import { type WorktreeRecord, withNote } from './worktree-record.js'

/** Finds out what a task has left in its workplace, saves it, and says what it is from now on. */
export async function settle(ground: Ground, id: TaskId): Promise<void> {
  const task = taskOf(ground, id)
  const record = recordOf(ground, id)
  if (task === undefined || record?.state !== 'active') return
  if (record.head === null) {
    // It ended before its worktree was there: nobody has worked in what may be there of it.
    await clearUnfinished(ground, save(ground, record, { state: 'empty' }))
    return
  }
  if (!(await exists(topOf(ground, record)))) return settleWithoutFolder(ground, record)
  const settled =
    task.state === 'completed'
      ? await whole(ground, record, task)
      : await part(ground, record, task)
  if (settled.state === 'empty' || settled.state === 'delivered') await clear(ground, settled)
}

async function whole(ground: Ground, record: WorktreeRecord, task: TaskRecord) {
  const result = await handIn(ground, ground.git, record, task)
  const state = result.kind === 'conflict' ? 'conflicted' : result.state
  return save(ground, result.record, { state })
}

/** Unfinished work is kept for a look at it, and merged nowhere. */
async function part(ground: Ground, record: WorktreeRecord, task: TaskRecord) {
  const checkout = checkoutOf(ground, record)
  const conflicts = await openConflicts(checkout, record)
  if (conflicts.length > 0) return save(ground, record, { state: 'conflicted', conflicts })
  let head = await commitAll(checkout, messageFor(task))
  let { note } = record
  if (record.kind === 'worktree' && task.type === 'orchestration') {
    if ((await takeUpTeam(checkout, record)).length > 0) {
      await undoMerge(checkout)
      const branch = teamRef(record).replace('refs/heads/', '')
      note = withNote(
        note,
        `The work of its workers is on branch ${branch} and does not merge with it.`,
      )
    }
    head = await ground.git.line(checkout.top, ['rev-parse', 'HEAD'])
  }
  const range = { from: `${record.base}`, to: head }
  const files = await changedFiles(ground.git, gitFolderOf(ground, record), range)
  const state = files.length === 0 ? 'empty' : 'ready'
  return save(ground, record, { state, head, note, conflicts: [] })
}

async function undoMerge(checkout: Checkout): Promise<void> {
  const { git, top } = checkout
  if (await isMerging(checkout)) await git.run(top, ['merge', '--abort'])
}

async function settleWithoutFolder(ground: Ground, record: WorktreeRecord): Promise<void> {
  const { git } = ground
  const folder = gitFolderOf(ground, record)
  const head = (await exists(folder))
    ? await git.commit(folder, `refs/heads/${record.branch}`)
    : null
  const isEmpty =
    head === null ||
    (await changedFiles(git, folder, { from: `${record.base}`, to: head })).length === 0
  const note = withNote(record.note, 'Its folder was deleted by somebody else.')
  save(ground, record, { state: isEmpty ? 'empty' : 'ready', head: head ?? record.head, note })
}

/** What a person has decided stays decided, also when the folder has to stay. */
function isDecided({ state }: WorktreeRecord): boolean {
  return state === 'applied' || state === 'branched' || state === 'discarded'
}

async function clearUnfinished(ground: Ground, record: WorktreeRecord): Promise<void> {
  const top = topOf(ground, record)
  if (record.kind === 'copy') {
    await rm(top, { recursive: true, force: true })
    return
  }
  const { git } = ground
  const { repository, branch, base } = record
  await removeUnfinished(git, repository, top)
  if (branch !== null && base !== null) await deleteBranch(git, repository, branch, base)
  save(ground, record, { branch: null })
}

/**
 * Removes the folder and the branch of a workplace whose content is safe elsewhere, or not wanted. What turns
 * out not to be saved stays, and the record says so.
 */
export async function clear(ground: Ground, record: WorktreeRecord): Promise<WorktreeRecord> {
  const { git } = ground
  if (record.kind === 'copy') {
    // The repository beside it keeps what was in it.
    await rm(topOf(ground, record), { recursive: true, force: true })
    return record
  }
  const checkout = checkoutOf(ground, record)
  const reason = await removeCheckout(checkout, record.repository)
  if (reason !== null) {
    const note = withNote(record.note, reason)
    if (note === record.note && isDecided(record)) return record
    const isKept = record.state === 'empty' || record.state === 'delivered'
    return save(ground, record, { note, ...(isKept ? { state: 'kept' as const } : {}) })
  }
  const { head, branch, repository, state } = record
  const team = await git.commit(repository, teamRef(record))
  if (team !== null && head !== null && (await isPartOf(git, repository, team, head))) {
    await deleteBranch(git, repository, `${branch}-team`, team)
  }
  if (state === 'branched' || branch === null) return record
  if (head !== null) await deleteBranch(git, repository, branch, head)
  // Without a branch there is nothing left to clear.
  return save(ground, record, { branch: null })
}
