import type { TaskRecord } from '../tasks/task-record.js'
import { changedFiles, type FoundFile } from './changed-files.js'
import {
  type Checkout,
  commitAll,
  isMerging,
  mergeInto,
  stillMarked,
  unmerged,
} from './checkout.js'
import { leadOf } from './choose-place.js'
import type { Git } from './git.js'
import { checkoutOf, type Ground, gitFolderOf, messageFor, save } from './services.js'
import { mergeIntoTeam, takeUpTeam } from './team-branch.js'
import type { WorktreeRecord } from './worktree-record.js'

export type HandedIn =
  | {
      readonly kind: 'handed_in'
      readonly record: WorktreeRecord
      /** Of the workplace once the task has ended. */
      readonly state: 'ready' | 'empty' | 'delivered'
      readonly files: readonly FoundFile[]
    }
  | {
      readonly kind: 'conflict'
      readonly record: WorktreeRecord
      readonly files: readonly string[]
      readonly detail: string
    }

const MERGES = 20

/**
 * Commits what a task did and, in a team, merges it into the branch of the team. Every step finds out whether
 * it was done before, so that all of it may be done again after a crash.
 */
export async function handIn(
  ground: Ground,
  git: Git,
  given: WorktreeRecord,
  task: TaskRecord,
): Promise<HandedIn> {
  const checkout = checkoutOf(ground, given, git)
  const marked = await openConflicts(checkout, given)
  if (marked.length > 0) {
    return conflict(ground, given, marked, 'Marks of conflict are still in the files.')
  }
  const head = await commitAll(checkout, messageFor(task))
  let record = changed(ground, given, { head, conflicts: [] })
  if (record.kind === 'worktree' && task.type === 'orchestration') {
    const conflicts = await takeUpTeam(checkout, record)
    if (conflicts.length > 0) {
      return conflict(ground, record, conflicts, 'The work of the team does not merge with yours.')
    }
    record = changed(ground, record, { head: await git.line(checkout.top, ['rev-parse', 'HEAD']) })
  }
  const lead = record.kind === 'worktree' ? leadOf(ground, task.parentId) : null
  if (lead === null) return handedIn(ground, git, record, 'ready')
  return handToTeam(ground, checkout, { record, lead, task })
}

async function handToTeam(
  ground: Ground,
  checkout: Checkout,
  given: {
    readonly record: WorktreeRecord
    readonly lead: WorktreeRecord
    readonly task: TaskRecord
  },
): Promise<HandedIn> {
  const { git, top } = checkout
  const { lead, task } = given
  let { record } = given
  for (let attempt = 0; attempt < MERGES; attempt += 1) {
    const message = `Merge the work of ${task.id}\n\n${messageFor(task)}`
    const team = await mergeIntoTeam(git, lead, { commit: `${record.head}`, message })
    if (team === null) return handedIn(ground, git, record, 'delivered')
    const conflicts = await mergeInto(checkout, team, `Merge the work of the team into ${task.id}`)
    // From here on what others did is not a change of this task.
    record = changed(ground, record, { base: team })
    if (conflicts.length > 0) {
      const detail = 'Others of the team have changed the same lines since.'
      return conflict(ground, record, conflicts, detail)
    }
    record = changed(ground, record, { head: await git.line(top, ['rev-parse', 'HEAD']) })
  }
  return conflict(ground, record, [], 'The team works faster than this can be merged; try again.')
}

async function handedIn(
  ground: Ground,
  git: Git,
  record: WorktreeRecord,
  state: 'ready' | 'delivered',
): Promise<HandedIn> {
  const range = { from: `${record.base}`, to: `${record.head}` }
  const files = await changedFiles(git, gitFolderOf(ground, record), range)
  return { kind: 'handed_in', record, state: files.length === 0 ? 'empty' : state, files }
}

/** Files in which conflicts are not settled, whether or not the merge was committed by then. */
export async function openConflicts(checkout: Checkout, record: WorktreeRecord): Promise<string[]> {
  const files = [...record.conflicts]
  if (await isMerging(checkout)) files.push(...(await unmerged(checkout)))
  return stillMarked(checkout, files)
}

function conflict(
  ground: Ground,
  record: WorktreeRecord,
  files: readonly string[],
  detail: string,
): HandedIn {
  return { kind: 'conflict', record: changed(ground, record, { conflicts: files }), files, detail }
}

function changed(
  ground: Ground,
  record: WorktreeRecord,
  change: Partial<Pick<WorktreeRecord, 'base' | 'head' | 'conflicts'>>,
): WorktreeRecord {
  const next = { ...record, ...change }
  return JSON.stringify(next) === JSON.stringify(record) ? record : save(ground, record, change)
}
