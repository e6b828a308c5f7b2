import { constants } from 'node:fs'
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/rpc/errors.js'
import { codeOf, fileError } from './file-error.js'

/** A place inside a workspace, proven when it was made. */
export interface WorkspacePath {
  /** Absolute, every symbolic link on the way resolved. */
  readonly real: string
  /** From the workspace, with `/` between the parts; empty for the workspace itself. */
  readonly relative: string
  readonly exists: boolean
}

/**
 * Where a path that a model gave really leads. Symbolic links are followed and must end inside;
 * of a path that does not exist yet, the deepest part that does must be inside.
 *
 * The proof holds for this instant: whatever opens the place afterwards uses `openFile`, which
 * checks again.
 *
 * @param workspace absolute, symbolic links resolved
 * @throws AppError `forbidden` when it leads outside; `invalid_params` when no file system takes it
 */
export async function resolveInWorkspace(workspace: string, given: string): Promise<WorkspacePath> {
  if (given.includes('\0')) throw new AppError('forbidden', 'a path must not hold a NUL character')
  const lexical = path.resolve(workspace, given)
  // A drive letter or an alternate data stream of Windows hides behind a colon.
  if (path.sep === '\\' && path.relative(workspace, lexical).includes(':')) throw outside(given)
  if (!path.isAbsolute(given) && !isInside(workspace, lexical)) throw outside(given)
  const { ancestor, rest } = await deepestExisting(lexical, given)
  const real = path.join(ancestor, ...rest)
  if (!isInside(workspace, real)) throw outside(given)
  const relative = path.relative(workspace, real).replaceAll(path.sep, '/')
  return { real, relative, exists: rest.length === 0 }
}

/**
 * Opens a regular file that `resolveInWorkspace` has found, without following a link that was put
 * in its place since, and proves that what was opened is what the path still means.
 *
 * @throws AppError
 */
export async function openFile(place: WorkspacePath, flags: number): Promise<FileHandle> {
  let handle: FileHandle | null = null
  try {
    // Without O_NONBLOCK the opening of a named pipe would wait for a writer, perhaps for ever.
    handle = await open(place.real, flags | constants.O_NONBLOCK | (constants.O_NOFOLLOW ?? 0))
    const opened = await handle.stat({ bigint: true })
    const named = await lstat(place.real, { bigint: true })
    if (!opened.isFile()) throw notAFile(place.relative, opened.isDirectory())
    await assertUnmoved(place)
    if (opened.ino !== named.ino || opened.dev !== named.dev) throw moved(place.relative)
    return handle
  } catch (error) {
    await handle?.close()
    throw fileError(error, place.relative)
  }
}

/** @throws AppError when a directory on the way was replaced since the place was resolved */
export async function assertUnmoved(place: WorkspacePath): Promise<void> {
  const parent = path.dirname(place.real)
  if ((await realpath(parent)) !== parent) throw moved(place.relative)
}

export function notAFile(relative: string, isDirectory: boolean): AppError {
  return isDirectory
    ? new AppError(
        'invalid_params',
        `"${relative || '.'}" is a directory; list_files shows what is in it`,
      )
    : new AppError('invalid_params', `"${relative}" is not a regular file`)
}

async function deepestExisting(
  lexical: string,
  given: string,
): Promise<{ readonly ancestor: string; readonly rest: readonly string[] }> {
  const rest: string[] = []
  for (let current = lexical; ; current = path.dirname(current)) {
    try {
      return { ancestor: await realpath(current), rest }
    } catch (error) {
      const code = codeOf(error)
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw fileError(error, given)
      if (code === 'ENOENT' && (await isLink(current))) {
        throw new AppError(
          'forbidden',
          `"${given}" leads through a symbolic link whose target does not exist`,
        )
      }
      if (path.dirname(current) === current) throw fileError(error, given)
      rest.unshift(path.basename(current))
    }
  }
}

async function isLink(candidate: string): Promise<boolean> {
  try {
    return (await lstat(candidate)).isSymbolicLink()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return false
    throw fileError(error, candidate)
  }
}

function isInside(workspace: string, candidate: string): boolean {
  const relative = path.relative(workspace, candidate)
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}

function outside(given: string): AppError {
  return new AppError(
    'forbidden',
    `"${given}" is outside the workspace; use a path inside it, relative to its root`,
  )
}

function moved(relative: string): AppError {
  return new AppError('conflict', `"${relative}" was replaced while it was being opened; try again`)
}
