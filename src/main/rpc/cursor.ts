import { AppError } from '../../shared/rpc/errors.js'

/** Entries of a page whose size nobody asked for. */
export const DEFAULT_PAGE = 100

/** The number in a cursor that an earlier answer gave. */
export function numberIn(cursor: string): number {
  if (!/^\d{1,16}$/.test(cursor)) throw strangeCursor(cursor)
  return Number(cursor)
}

export function strangeCursor(cursor: string, cause?: unknown): AppError {
  return new AppError(
    'invalid_params',
    `cursor: ${JSON.stringify(cursor)} was not given by an earlier answer; leave it out for the first page`,
    { cause },
  )
}
