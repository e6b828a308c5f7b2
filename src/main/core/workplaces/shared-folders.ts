import { lstat, mkdir, symlink, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { Git } from './git.js'
import { exists } from './repository.js'

/** Folders of installed packages: what agents run needs them, and to install them again takes minutes. */
export const PACKAGE_FOLDERS = ['node_modules', '.venv', 'venv'] as const

/** Where they may stand: paths from the top of the repository. */
function places(prefix: string): string[] {
  const folders = prefix === '' ? [''] : ['', prefix]
  return folders.flatMap((folder) => PACKAGE_FOLDERS.map((name) => path.posix.join(folder, name)))
}

/**
 * Links the folders of packages that git ignores into a worktree.
 * @returns what was linked, as paths from the top
 */
export async function shareFolders(
  git: Git,
  repository: string,
  top: string,
  prefix: string,
): Promise<string[]> {
  const linked: string[] = []
  for (const place of places(prefix)) {
    const source = path.join(repository, place)
    const target = path.join(top, place)
    if (!(await exists(source))) continue
    if (await isLink(target)) {
      linked.push(place)
      continue
    }
    if (await exists(target)) continue
    if (!(await git.says(repository, ['check-ignore', '-q', '--', place]))) continue
    await mkdir(path.dirname(target), { recursive: true })
    await symlink(source, target, 'junction')
    linked.push(place)
  }
  return linked
}

/** What of a worktree is only linked into it. */
export async function sharedFolders(top: string, prefix: string): Promise<string[]> {
  const found: string[] = []
  for (const place of places(prefix)) {
    if (await isLink(path.join(top, place))) found.push(place)
  }
  return found
}

export async function unshareFolders(top: string, prefix: string): Promise<void> {
  for (const place of await sharedFolders(top, prefix)) await unlink(path.join(top, place))
}

async function isLink(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isSymbolicLink()
  } catch {
    return false
  }
}
