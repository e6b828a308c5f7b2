import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/rpc/errors.js'
import { type Git, partsOf } from './git.js'

/** A repository that worktrees can be made of. */
export interface Repository {
  /** Its top folder, symbolic links resolved. */
  readonly top: string
  /** From there to the workspace, with `/` between the parts; empty when they are the same. */
  readonly prefix: string
  /** The commit that is checked out. */
  readonly head: string
}

/** `merge-tree --write-tree`, which merges without touching a folder, came with this one. */
const OLDEST = [2, 38] as const

export async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file)
    return true
  } catch {
    return false
  }
}

/** Whether a folder seems to lie in a repository; asks the file system alone, which costs nothing. */
export async function looksLikeGit(folder: string): Promise<boolean> {
  for (let current = folder; ; current = path.dirname(current)) {
    if (await exists(path.join(current, '.git'))) return true
    if (path.dirname(current) === current) break
  }
  const ofBare = ['HEAD', 'objects', 'refs'].map((name) => exists(path.join(folder, name)))
  return (await Promise.all(ofBare)).every(Boolean)
}

/** The repository around a folder, or why no worktree can be made of it, as part of a sentence. */
export async function examine(git: Git, folder: string): Promise<Repository | string> {
  const old = await tooOld(git, folder)
  if (old !== null) return old
  const asked = ['rev-parse', '--is-bare-repository', '--is-inside-work-tree']
  const kind = await git.run(folder, asked, { ok: [0, 128] })
  if (kind.code !== 0) return `git finds no repository here: ${kind.err}`
  const [isBare, isInside] = kind.out.trim().split('\n')
  if (isBare === 'true') return 'the repository is bare: it has no files to work on'
  if (isInside !== 'true') return 'the folder belongs to git itself'
  const place = await git.run(folder, ['rev-parse', '--show-toplevel', '--show-prefix'])
  const [top = folder, prefix = ''] = place.out.split('\n')
  const head = await git.commit(folder, 'HEAD')
  if (head === null) return 'the repository has no commit yet'
  return { top: path.normalize(top), prefix: prefix.replace(/\/$/, ''), head }
}

/** Why the git of this machine does not serve; null when it does. */
export async function tooOld(git: Git, folder: string): Promise<string | null> {
  let out: string
  try {
    out = await git.line(folder, ['--version'])
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_state') return error.message
    throw error
  }
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(out) ?? []
  const [leastMajor, leastMinor] = OLDEST
  if (Number(major) > leastMajor) return null
  if (Number(major) === leastMajor && Number(minor) >= leastMinor) return null
  return `${out} is too old: ${OLDEST.join('.')} or newer is needed`
}

export interface StatusEntry {
  /** Two letters: of the index, and of the folder. */
  readonly code: string
  readonly path: string
}

/** What of a folder is not committed. */
export async function status(
  git: Git,
  folder: string,
  options: {
    readonly excludes?: readonly string[]
    readonly untracked?: 'normal' | 'all'
    readonly submodules?: 'all' | 'none'
  } = {},
): Promise<StatusEntry[]> {
  const { out } = await git.run(folder, [
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    `--untracked-files=${options.untracked ?? 'normal'}`,
    `--ignore-submodules=${options.submodules ?? 'all'}`,
    '--',
    ...allBut(options.excludes ?? []),
  ])
  return partsOf(out).map((part) => ({ code: part.slice(0, 2), path: part.slice(3) }))
}

/** Everything in the folder except these, which are paths from the top. */
export function allBut(excludes: readonly string[]): string[] {
  return [':/', ...excludes.map((name) => `:(top,exclude,literal)${name}`)]
}

const IN_PROGRESS = {
  MERGE_HEAD: 'a merge',
  'rebase-merge': 'a rebase',
  'rebase-apply': 'a rebase',
  CHERRY_PICK_HEAD: 'a cherry-pick',
  REVERT_HEAD: 'a revert',
} as const

/** What was begun in a folder and is not finished; null when nothing is. */
export async function inProgress(git: Git, folder: string): Promise<string | null> {
  const names = Object.keys(IN_PROGRESS) as (keyof typeof IN_PROGRESS)[]
  const asked = names.flatMap((name) => ['--git-path', name])
  const found = (await git.line(folder, ['rev-parse', ...asked])).split('\n')
  for (const [index, name] of names.entries()) {
    if (await exists(path.resolve(folder, found[index] ?? ''))) return IN_PROGRESS[name]
  }
  return null
}
