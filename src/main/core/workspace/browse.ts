import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'

/** What makes a folder look like somebody's project. */
const PROJECT_MARKS = [
  '.git',
  'package.json',
  'pyproject.toml',
  'Cargo.toml',
  'go.mod',
  'Makefile',
  'AGENTS.md',
]
const MOST_FOLDERS = 1000

/**
 * The folders below a folder, for choosing a workspace; hidden ones are left out.
 * @throws AppError `invalid_params`, `not_found` or `forbidden` that names the path
 */
export async function browseFolders(path: string): Promise<ResultOf<'workspace.browse'>> {
  if (!isAbsolute(path)) {
    throw new AppError(
      'invalid_params',
      `path: ${JSON.stringify(path)} is relative; give an absolute path`,
    )
  }
  try {
    const real = await realpath(path)
    const entries = await readdir(real, { withFileTypes: true })
    const names = entries
      .filter(
        (entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()),
      )
      .map((entry) => entry.name)
      .sort((a, b) => a.localeCompare(b))
      .slice(0, MOST_FOLDERS)
    const folders = await Promise.all(names.map((name) => describeFolder(real, name)))
    const parent = dirname(real)
    return {
      path: real,
      parent: parent === real ? null : parent,
      folders: folders.filter((folder) => folder !== null),
    }
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES'
    throw new AppError(
      denied ? 'forbidden' : 'not_found',
      `path: ${JSON.stringify(path)} cannot be listed (${messageOf(error)})`,
      { cause: error },
    )
  }
}

async function describeFolder(parent: string, name: string) {
  const path = join(parent, name)
  try {
    if (!(await stat(path)).isDirectory()) return null
    const inside = new Set(await readdir(path))
    return { name, path, isProject: PROJECT_MARKS.some((mark) => inside.has(mark)) }
  } catch {
    // Gone meanwhile, a dangling link, or not ours to read: nothing that could be chosen.
    return null
  }
}

/** What is known of folders that were chosen before; some may be gone, or on a disk that is not there. */
export function describeWorkspaces(
  paths: readonly string[],
  defaultPath: string,
): Promise<ResultOf<'workspace.list'>['workspaces']> {
  return Promise.all(
    paths.map(async (path) => {
      const found = await describeFolder(dirname(path), basename(path))
      return {
        path,
        isDefault: path === defaultPath,
        exists: found !== null,
        isProject: found?.isProject ?? false,
      }
    }),
  )
}
