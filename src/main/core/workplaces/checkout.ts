import { open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/rpc/errors.js'
import { type Git, OUR_IDENTITY, partsOf } from './git.js'
import { allBut, exists, status } from './repository.js'
import { sharedFolders, unshareFolders } from './shared-folders.js'

/** A worktree on disk. */
export interface Checkout {
  /** Runs git in its top folder. */
  readonly git: Git
  readonly top: string
  /** From the top to where the task works; empty when that is the same. */
  readonly prefix: string
  readonly branch: string
}

const SUBMODULE = '160000'

/** Stages everything, new files as well; what is only linked into the worktree stays out. */
export async function stageAll(
  { git, top, prefix }: Checkout,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const links = await sharedFolders(top, prefix)
  // A file that cannot be read must not keep the others from being saved: what is missing shows as not committed.
  const add = ['add', '--all', '--ignore-errors', '--', ...allBut(links)]
  await git.run(top, add, { ok: [0, 1], env, timeoutMs: 600_000 })
  if (links.length > 0) {
    const forget = ['rm', '--cached', '--quiet', '--ignore-unmatch', '--', ...links]
    await git.run(top, forget, { env })
  }
}

/**
 * Commits everything in the worktree, a merge under way as well.
 * @returns the newest commit of its branch
 */
export async function commitAll(checkout: Checkout, message: string): Promise<string> {
  const { git, top } = checkout
  await stageAll(checkout)
  const isMerge = await isMerging(checkout)
  if (isMerge || !(await git.says(top, ['diff', '--cached', '--quiet', '--no-ext-diff', 'HEAD']))) {
    await git.run(top, [...OUR_IDENTITY, 'commit', '--quiet', '--no-verify', '-m', message])
  }
  return followHead(checkout)
}

/** An agent may have changed to a branch of its own, or to none: what it has checked out is its work. */
async function followHead({ git, top, branch }: Checkout): Promise<string> {
  const head = await git.line(top, ['rev-parse', '--verify', 'HEAD'])
  if ((await git.commit(top, `refs/heads/${branch}`)) !== head) {
    await git.run(top, ['update-ref', `refs/heads/${branch}`, head])
  }
  return head
}

export async function isMerging({ git, top }: Checkout): Promise<boolean> {
  const file = await git.line(top, ['rev-parse', '--git-path', 'MERGE_HEAD'])
  return exists(path.resolve(top, file))
}

/**
 * Merges a commit into the worktree, in which everything is committed.
 * @returns the files in which git found conflicts, with its marks in them; empty when it is merged
 */
export async function mergeInto(
  checkout: Checkout,
  commit: string,
  message: string,
): Promise<string[]> {
  const { git, top } = checkout
  const merge = ['merge', '--no-edit', '--no-stat', '--quiet', '-m', message, commit]
  const { code, err } = await git.run(top, [...OUR_IDENTITY, ...merge], { ok: [0, 1, 2, 128] })
  if (code === 0) return []
  const files = await unmerged(checkout)
  // Refused before it began.
  if (files.length === 0) {
    throw new AppError('invalid_state', `git merge: ${err || `exit code ${code}`}`)
  }
  return files
}

/** Files of a merge under way that git could not merge, and that nobody has staged since. */
export async function unmerged({ git, top }: Checkout): Promise<string[]> {
  const { out } = await git.run(top, ['diff', '--name-only', '--diff-filter=U', '-z'])
  return [...new Set(partsOf(out))]
}

/** Those of the files that still hold marks of conflict. */
export async function stillMarked({ top }: Checkout, files: readonly string[]): Promise<string[]> {
  const marked: string[] = []
  for (const file of new Set(files)) {
    if (await holdsMarks(path.join(top, file))) marked.push(file)
  }
  return marked
}

async function holdsMarks(file: string): Promise<boolean> {
  try {
    const handle = await open(file)
    try {
      if (!(await handle.stat()).isFile()) return false
      for await (const line of handle.readLines()) {
        if (line.startsWith('<<<<<<< ') || line.startsWith('>>>>>>> ')) return true
      }
      return false
    } finally {
      await handle.close()
    }
  } catch {
    // Deleted: that is one way to settle it.
    return false
  }
}

/** Why a worktree cannot be removed without losing something, as a sentence; null when it can. */
async function reasonToKeep(
  { git, top }: Checkout,
  submodules: readonly string[],
): Promise<string | null> {
  const dirty = await status(git, top, { untracked: 'all', submodules: 'none' })
  if (dirty.length > 0) {
    const first = JSON.stringify(dirty[0]?.path)
    return `Its folder holds ${dirty.length} files that could not be saved on its branch (the first is ${first}).`
  }
  for (const name of submodules) {
    if (!(await isEmptyFolder(path.join(top, name)))) {
      return `Its folder holds a repository of its own in ${JSON.stringify(name)}, whose files are saved nowhere else.`
    }
  }
  return null
}

async function isEmptyFolder(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch {
    return true
  }
}

/**
 * Removes a worktree in which everything is committed.
 * @returns why it was left, as a sentence; null when it is gone
 */
export async function removeCheckout(
  checkout: Checkout,
  repository: string,
): Promise<string | null> {
  const { git, top, prefix } = checkout
  if (!(await exists(top))) {
    await git.run(repository, ['worktree', 'remove', '--force', top], { ok: [0, 128] })
    return null
  }
  await unshareFolders(top, prefix)
  const submodules = await submodulesOf(checkout)
  const reason = await reasonToKeep(checkout, submodules)
  if (reason !== null) return reason
  // Git refuses one with submodules, empty as they are; that nothing gets lost has just been made sure of.
  const remove = ['worktree', 'remove', ...(submodules.length > 0 ? ['--force'] : []), top]
  const { code, err } = await git.run(repository, remove, { ok: [0, 128] })
  return code === 0 ? null : `Git did not remove its folder: ${err}`
}

/** Folders that the index holds as a commit of another repository. */
async function submodulesOf({ git, top }: Checkout): Promise<string[]> {
  const { out } = await git.run(top, ['ls-files', '--stage', '-z'])
  const entries = partsOf(out).filter((entry) => entry.startsWith(SUBMODULE))
  return entries.map((entry) => entry.slice(entry.indexOf('\t') + 1))
}

/** Deletes a branch, if it still is where it is thought to be. */
export async function deleteBranch(
  git: Git,
  repository: string,
  branch: string,
  at: string,
): Promise<void> {
  const ref = `refs/heads/${branch}`
  if ((await git.commit(repository, ref)) !== at) return
  await git.run(repository, ['update-ref', '-d', ref, at])
}
