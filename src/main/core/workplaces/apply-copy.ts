import { copyFile, lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/rpc/errors.js'
import { changedFiles, snapshot } from './changed-files.js'
import { exists } from './repository.js'
import { checkoutOf, type Ground, gitFolderOf, topOf } from './services.js'
import type { WorktreeRecord } from './worktree-record.js'

/**
 * Brings the changes of a copy back, if nobody has changed the same files since. Done again after a crash, it
 * takes a file that is already as it should be for applied.
 */
export async function applyCopy(ground: Ground, record: WorktreeRecord): Promise<void> {
  const { git } = ground
  const { repository, base, head } = record
  const changed = await changedFiles(git, gitFolderOf(ground, record), {
    from: `${base}`,
    to: `${head}`,
  })
  const names = [...new Set(changed.flatMap((file) => [file.path, file.oldPath ?? file.path]))]
  const now = await treeOf(ground, record, repository)
  const since = new Set(await differing(ground, record, `${base}`, now))
  const left = new Set(await differing(ground, record, now, `${head}`))
  const files = names.filter((name) => since.has(name) && left.has(name))
  if (files.length > 0) {
    throw new AppError(
      'conflict',
      `${repository} has changed since the copy was made, in ${files.slice(0, 5).join(', ')}: nothing was changed`,
      { data: { files } },
    )
  }
  const top = topOf(ground, record)
  for (const name of names.filter((file) => left.has(file))) {
    await bring(path.join(top, name), path.join(repository, name))
  }
}

/** A tree of the folder as it is now, kept in the repository beside the copy. */
function treeOf(ground: Ground, record: WorktreeRecord, folder: string): Promise<string> {
  const env = { GIT_DIR: gitFolderOf(ground, record), GIT_WORK_TREE: folder }
  return snapshot({ ...checkoutOf(ground, record), top: folder }, env)
}

async function differing(ground: Ground, record: WorktreeRecord, from: string, to: string) {
  const files = await changedFiles(ground.git, gitFolderOf(ground, record), { from, to })
  return files.flatMap((file) => [file.path, file.oldPath ?? file.path])
}

/** Each file appears whole or not at all. */
async function bring(source: string, target: string): Promise<void> {
  if (!(await exists(source))) return rm(target, { force: true })
  await mkdir(path.dirname(target), { recursive: true })
  const beside = `${target}.smart-agents-new`
  await rm(beside, { force: true })
  if ((await lstat(source)).isSymbolicLink()) await symlink(await readlink(source), beside)
  else await copyFile(source, beside)
  await rename(beside, target)
}
