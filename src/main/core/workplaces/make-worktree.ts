import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { TaskRecord } from '../tasks/task-record.js'
import { commitAll, isMerging } from './checkout.js'
import { leadOf } from './choose-place.js'
import type { Git } from './git.js'
import { exists, type Repository, status } from './repository.js'
import { baseNamedIn, FROM_CHECKPOINT } from './saved-places.js'
import { checkoutOf, type Ground, messageFor, save, taskOf, topOf } from './services.js'
import { shareFolders } from './shared-folders.js'
import { isPartOf, mergeIntoTeam, teamCommit } from './team-branch.js'
import { newRecord, type WorktreeRecord, withNote } from './worktree-record.js'

const MAKING_MS = 600_000

/** Says where a task will work, before git does anything: what a crash leaves is then known to be ours. */
export async function planWorktree(
  ground: Ground,
  git: Git,
  task: TaskRecord,
  found: Repository,
): Promise<WorktreeRecord> {
  const lead = leadOf(ground, task.parentId)
  const repository = lead?.repository ?? found.top
  const base = lead === null ? found.head : await newestOfTeam(ground, git, lead)
  const name = await freeName(ground, git, repository, task.id)
  const note = await noteOf(git, { repository, base, isTeam: lead !== null })
  const at = ground.clock.now()
  return save(
    ground,
    newRecord(
      {
        taskId: task.id,
        kind: 'worktree',
        repository,
        path: path.join(ground.folder, name, found.prefix),
        branch: `smart-agents/${name}`,
        base,
        note,
      },
      at,
    ),
    {},
  )
}

/** Never one that is there already: it belongs to somebody. */
async function freeName(
  { folder }: Ground,
  git: Git,
  repository: string,
  id: string,
): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? id : `${id}-${number}`
    if (await exists(path.join(folder, name))) continue
    if ((await git.commit(repository, `refs/heads/smart-agents/${name}`)) === null) return name
  }
}

async function noteOf(
  git: Git,
  { repository, base, isTeam }: { repository: string; base: string; isTeam: boolean },
): Promise<string | null> {
  let note: string | null = null
  if (!isTeam) {
    const { length } = await status(git, repository)
    if (length > 0) {
      const files = length === 1 ? '1 file of yours is' : `${length} files of yours are`
      note = `Begins at the last commit: ${files} not committed and not in it.`
    }
  }
  if ((await git.run(repository, ['ls-tree', base, '.gitmodules'])).out !== '') {
    note = withNote(note, 'Its submodules are empty.')
  }
  return note
}

/**
 * Makes the worktree that is on record. May be called again after a crash at any point.
 * @returns the record, which then has a head
 */
export async function makeWorktree(
  ground: Ground,
  git: Git,
  record: WorktreeRecord,
): Promise<WorktreeRecord> {
  const { repository, branch, base } = record
  const top = topOf(ground, record)
  await mkdir(ground.folder, { recursive: true })
  if (record.head === null && (await exists(top))) await removeUnfinished(git, repository, top)
  if (!(await exists(top))) {
    // Git may still have on record a folder that somebody deleted.
    await git.run(repository, ['worktree', 'remove', '--force', top], { ok: [0, 128] })
    const known = await git.commit(repository, `refs/heads/${branch}`)
    const what =
      known === null ? ['--no-track', '-b', `${branch}`, top, `${base}`] : [top, `${branch}`]
    await git.run(repository, ['worktree', 'add', '--quiet', ...what], { timeoutMs: MAKING_MS })
  }
  await mkdir(record.path, { recursive: true })
  const { prefix } = checkoutOf(ground, record)
  const linked = await shareFolders(git, repository, top, prefix)
  if (record.head !== null) return record
  const names = linked.join(', ')
  const note = linked.length === 0 ? record.note : withNote(record.note, `Shared: ${names}.`)
  const isSaved = record.note === FROM_CHECKPOINT
  const from = isSaved ? await baseNamedIn(git, repository, `${base}`) : base
  return save(ground, record, { base: from, head: base, note })
}

/** Nobody has worked in it: a crash came before its head was on record. */
export async function removeUnfinished(git: Git, repository: string, top: string): Promise<void> {
  await git.run(repository, ['worktree', 'remove', '--force', '--force', top], { ok: [0, 128] })
  await rm(top, { recursive: true, force: true })
}

/** Where a worker begins: with all that the lead and the other workers have handed in. */
async function newestOfTeam(ground: Ground, git: Git, lead: WorktreeRecord): Promise<string> {
  const { repository } = lead
  const task = taskOf(ground, lead.taskId)
  const checkout = checkoutOf(ground, lead, git)
  // What a lead at work has not committed is not finished; of one that waits for its workers it is.
  const rests = task?.state === 'pending' && (await exists(checkout.top))
  const head = rests
    ? await ground.jobs.run(repository, async () => {
        const isBusy =
          taskOf(ground, lead.taskId)?.state !== 'pending' || (await isMerging(checkout))
        return isBusy ? null : commitAll(checkout, messageFor(task))
      })
    : null
  const newest = head ?? (await git.commit(repository, `refs/heads/${lead.branch}`)) ?? lead.head
  const start = newest ?? `${lead.base}`
  const team = await teamCommit(git, lead, start)
  if (await isPartOf(git, repository, start, team)) return team
  await mergeIntoTeam(git, lead, { commit: start, message: 'Take up the work of the lead' })
  return teamCommit(git, lead, start)
}
