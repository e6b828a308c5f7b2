import type { TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { applyCopy } from './apply-copy.js'
import { changedFiles } from './changed-files.js'
import { secured, undecided } from './decide.js'
import { OUR_IDENTITY } from './git.js'
import { exists, inProgress, status } from './repository.js'
import { type Ground, messageFor, save } from './services.js'
import { clear } from './settle.js'
import { isPartOf, tryMerge } from './team-branch.js'
import type { WorktreeRecord } from './worktree-record.js'

/** Merges the changes of a task into what the person has checked out; all of it, or nothing happens. */
export async function apply(ground: Ground, id: TaskId): Promise<WorktreeRecord> {
  const { git } = ground
  const found = undecided(ground, id)
  const { repository } = found.record
  if (!(await exists(repository))) {
    throw new AppError(
      'not_found',
      `there is no folder ${repository} any more to apply the changes to`,
    )
  }
  const record = await secured(ground, found)
  if (record.kind === 'copy') {
    await applyCopy(ground, record)
  } else {
    await refuseUnready(ground, repository)
    if (!(await isPartOf(git, repository, `${record.head}`, 'HEAD'))) {
      await refuseConflicts(ground, record)
      await merge(ground, record, messageFor(found.task))
    }
  }
  return clear(ground, save(ground, record, { state: 'applied', conflicts: [] }))
}

async function refuseUnready({ git }: Ground, repository: string): Promise<void> {
  if (!(await git.says(repository, ['symbolic-ref', '--quiet', 'HEAD']))) {
    throw new AppError(
      'invalid_state',
      `${repository} has no branch checked out (detached HEAD): check one out first, or leave the changes on a branch`,
    )
  }
  const busy = await inProgress(git, repository)
  if (busy !== null) {
    throw new AppError(
      'invalid_state',
      `${busy} is under way in ${repository}: finish or abort it first`,
    )
  }
}

async function refuseConflicts(ground: Ground, record: WorktreeRecord): Promise<void> {
  const { git } = ground
  const { repository, head, taskId } = record
  const { tree, conflicts } = await tryMerge(git, repository, 'HEAD', `${head}`)
  if (conflicts.length > 0) {
    save(ground, record, { state: 'conflicted', conflicts })
    throw new AppError(
      'conflict',
      `the changes of ${taskId} do not merge with what is checked out, in ${list(conflicts)}: ` +
        'nothing was changed; give the conflicts to an agent (resolve), or leave the changes on a branch',
      { data: { conflicts } },
    )
  }
  const touched = await changedFiles(git, repository, { from: 'HEAD^{tree}', to: tree })
  const wanted = new Set(touched.flatMap((file) => [file.path, file.oldPath ?? file.path]))
  const mine = await status(git, repository, { untracked: 'all', submodules: 'none' })
  const inTheWay = mine.filter(
    ({ code, path }) => (code[0] !== ' ' && code[0] !== '?') || meets(wanted, path),
  )
  if (inTheWay.length === 0) return
  const files = inTheWay.map(({ path }) => path)
  throw new AppError(
    'conflict',
    `${repository} has changes of yours that are not committed, in ${list(files)}: commit or stash them first; nothing was changed`,
    { data: { files } },
  )
}

/** The same file, or one where the other has a folder. */
function meets(wanted: ReadonlySet<string>, path: string): boolean {
  if (wanted.has(path)) return true
  for (const other of wanted) {
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) return true
  }
  return false
}

function list(files: readonly string[]): string {
  const shown = files
    .slice(0, 5)
    .map((file) => JSON.stringify(file))
    .join(', ')
  return files.length > 5 ? `${shown} and ${files.length - 5} more` : shown
}

async function merge({ git }: Ground, record: WorktreeRecord, message: string): Promise<void> {
  const { repository, head } = record
  const known = await git.run(repository, ['var', 'GIT_COMMITTER_IDENT'], { ok: [0, 1, 128] })
  // The person's own name where git knows it: it is their decision.
  const identity = known.code === 0 ? [] : OUR_IDENTITY
  const options = ['--no-ff', '--no-edit', '--no-stat', '--quiet', '--no-autostash', '-m', message]
  const run = [...identity, 'merge', ...options, `${head}`]
  const { code, err } = await git.run(repository, run, { ok: [0, 1, 2, 128], timeoutMs: 600_000 })
  if (code === 0) return
  if ((await inProgress(git, repository)) !== null) await git.run(repository, ['merge', '--abort'])
  throw new AppError('conflict', `git merge: ${err || `exit code ${code}`}; nothing was changed`)
}
