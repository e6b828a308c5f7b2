import { AppError, type ErrorCode, messageOf } from '../../../shared/rpc/errors.js'

const MEANING: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ['not_found', 'does not exist'],
  ENOTDIR: ['invalid_params', 'leads through a file as if it were a directory'],
  EISDIR: ['invalid_params', 'is a directory, not a file'],
  EACCES: ['forbidden', 'may not be accessed: the file system refuses it'],
  EPERM: ['forbidden', 'may not be accessed: the file system refuses it'],
  EROFS: ['forbidden', 'is on a read-only file system'],
  ELOOP: ['forbidden', 'is or leads through a symbolic link that is not followed'],
  ENAMETOOLONG: ['invalid_params', 'has a name that is too long for the file system'],
  ENOSPC: ['limit_exceeded', 'could not be written: no space is left on the disk'],
  EDQUOT: ['limit_exceeded', 'could not be written: the disk quota is used up'],
  EMFILE: ['limit_exceeded', 'could not be opened: too many files are open'],
  EBUSY: ['conflict', 'is in use'],
}

/** What the operating system says about a path, as an error that a model can act on. */
export function fileError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error
  const meaning = MEANING[codeOf(error) ?? '']
  if (meaning === undefined) {
    return new AppError('internal', `"${path}": ${messageOf(error)}`, { cause: error })
  }
  return new AppError(meaning[0], `"${path}" ${meaning[1]}`, { cause: error })
}

/** The code of a system error, such as `ENOENT`; null for anything else. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null
}
